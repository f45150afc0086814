import { addressKey, type RateLimits } from '@viernes/gateway';
import type { LimitName } from './limit-settings.js';

/**
 * Counts a sign-in, or a request that causes the same work: it hashes a password or a PIN, or sends a mail.
 *
 * @param account an email, or the ID of the caller
 * @throws CodedError RATE_LIMITED
 */
export async function consumeSignIn(limits: RateLimits<LimitName>, ip: string, account: string): Promise<void> {
  const address = addressKey(ip);
  await limits.consume('sign-in-ip', address);
  await limits.consume('sign-in', `${address} ${account.toLowerCase()}`);
}
