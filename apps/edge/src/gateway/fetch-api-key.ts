import type { VerifiedApiKey } from '@viernes/gateway';
import { ROLES } from '@viernes/platform';
import { required } from '../upstream/required.js';
import type { UserClient } from '../upstream/upstream.js';

/**
 * Returns the caller that a secret of an API key identifies.
 *
 * @throws CodedError UNAUTHENTICATED if the secret is not valid, or any error of the call
 */
export async function fetchApiKey(user: UserClient, secret: string): Promise<VerifiedApiKey> {
  const { accountId, secretId, apiKeyId, plan, role, scopes, profileId, maximumAge, expiresAt } =
    await user.verifyApiKey({ secret });
  return {
    caller: {
      accountId,
      sessionId: secretId,
      apiKeyId,
      plan,
      role: ROLES[role - 1] ?? 'viewer',
      scopes: new Set(scopes),
      ...(profileId !== undefined && { profileId }),
      ...(maximumAge !== undefined && { maximumAge }),
    },
    expiresAtMs: Date.parse(required(expiresAt, 'expires_at')),
  };
}
