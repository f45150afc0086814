import { API_KEY_DAYS, API_KEY_OVERLAP_HOURS, API_KEY_SCOPES } from '@viernes/contracts';
import { textLine } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';

const apiKeyId = z.string().max(100);
const validDays = z
  .int()
  .min(0)
  .max(API_KEY_DAYS.maximum)
  .transform((days) => days || API_KEY_DAYS.default);

export const CreateApiKeyRequest = z.object({
  password,
  name: textLine(1, 50),
  scopes: z
    .array(z.enum(API_KEY_SCOPES))
    .min(1)
    .transform((scopes) => API_KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  validDays,
});
export type CreateApiKeyRequest = z.infer<typeof CreateApiKeyRequest>;

export const RotateApiKeyRequest = z.object({
  apiKeyId,
  password,
  overlapHours: z.int().min(0).max(API_KEY_OVERLAP_HOURS.maximum).default(API_KEY_OVERLAP_HOURS.default),
  validDays,
});
export type RotateApiKeyRequest = z.infer<typeof RotateApiKeyRequest>;

export const RevokeApiKeyRequest = z.object({ apiKeyId });
export type RevokeApiKeyRequest = z.infer<typeof RevokeApiKeyRequest>;

export const VerifyApiKeyRequest = z.object({ secret: z.string().max(200) });
export type VerifyApiKeyRequest = z.infer<typeof VerifyApiKeyRequest>;
