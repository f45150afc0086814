import { randomBytes } from 'node:crypto';

/** Returns a secret in the format of an API key. The edge accepts it only if the fake user service verifies it. */
export function newApiKeySecret(): string {
  return `vrn_${randomBytes(4).toString('hex')}_${randomBytes(32).toString('base64url')}`;
}
