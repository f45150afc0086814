import type { userV1 } from '@viernes/contracts';
import { ROLES } from '@viernes/platform';
import type { ApiKey, VerifiedApiKey } from './api-key.js';

export function toApiKeyMessage({ profileId, createdAt, expiresAt, lastUsedAt, ...key }: ApiKey): userV1.ApiKey {
  return {
    ...key,
    profileId: profileId ?? undefined,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
  };
}

export function toVerifyApiKeyResponse({
  id: apiKeyId,
  role,
  expiresAt,
  ...verified
}: VerifiedApiKey): userV1.VerifyApiKeyResponse {
  return { ...verified, apiKeyId, role: ROLES.indexOf(role) + 1, expiresAt: expiresAt.toISOString() };
}
