import { z } from 'zod';
import { email } from '../account/account.requests.js';

/** As it was normalised when it was new; here its length only bounds the work. */
const password = z
  .string()
  .min(1)
  .max(1_024)
  .transform((text) => text.normalize('NFKC'));

export const credentials = z.object({ email, password });

export const refresh = z.object({ refreshToken: z.string().min(1).max(200) });

/** Empty means the caller's own session. */
export const revocation = z.object({ sessionId: z.union([z.literal(''), z.guid()]) });
