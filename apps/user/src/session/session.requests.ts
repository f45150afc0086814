import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { email, password } from '../account/account.requests.js';

export const CreateSessionRequest = z.object({ email, password });

export type CreateSessionRequest = z.infer<typeof CreateSessionRequest>;

export const RefreshSessionRequest = z.object({ refreshToken: z.string().min(1).max(200) });

export type RefreshSessionRequest = z.infer<typeof RefreshSessionRequest>;

/** An empty ID selects the session of the caller. */
export const RevokeSessionRequest = z.object({ sessionId: z.union([z.literal(''), uuid]) });

export type RevokeSessionRequest = z.infer<typeof RevokeSessionRequest>;
