import { DEFAULT_LANGUAGE, LANGUAGES } from '@viernes/translations';
import { z } from 'zod';
import { password } from '../account/account.requests.js';

/** Accepts any text, because an unknown ID returns SIGN_IN_PROVIDER_NOT_FOUND. */
const providerId = z.string().max(100);

/** OpenID Connect specifies no maximum length of `code` and `issuer`, so their limits are generous. */
const response = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4_096),
  issuer: z.string().max(1_000),
  browserSecret: z.string().min(1).max(200),
});

export const StartProviderSignInRequest = z.object({ providerId });
export type StartProviderSignInRequest = z.infer<typeof StartProviderSignInRequest>;

export const FinishProviderSignInRequest = z.object({
  response,
  language: z.enum(LANGUAGES).default(DEFAULT_LANGUAGE),
});
export type FinishProviderSignInRequest = z.infer<typeof FinishProviderSignInRequest>;

export const StartIdentityLinkRequest = z.object({ providerId, password });
export type StartIdentityLinkRequest = z.infer<typeof StartIdentityLinkRequest>;

export const FinishIdentityLinkRequest = z.object({ response });
export type FinishIdentityLinkRequest = z.infer<typeof FinishIdentityLinkRequest>;

export const RemoveIdentityRequest = z.object({ identityId: z.string().max(100) });
export type RemoveIdentityRequest = z.infer<typeof RemoveIdentityRequest>;
