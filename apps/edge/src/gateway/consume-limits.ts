import { createHash } from 'node:crypto';
import { addressKey, type RateLimits } from '@viernes/gateway';
import type { FastifyRequest } from 'fastify';
import type { LimitName } from './limit-settings.js';

/**
 * Rate limits of operations that are as expensive as a sign-in: they hash a password or a PIN, or send a mail. Counted per
 * IP address and account, and per IP address.
 */
export const SIGN_IN_LIMITS = ['sign-in-ip', 'sign-in'] as const satisfies readonly LimitName[];

/**
 * Counts a request in the rate limits that its operation declares. Not a hook, because an email is known only from the
 * validated body.
 *
 * @param account an email, or the ID of the caller. Required if the operation declares SIGN_IN_LIMITS
 * @throws CodedError RATE_LIMITED
 */
export async function consumeLimits(
  limits: RateLimits<LimitName>,
  { ip, routeOptions: { config } }: FastifyRequest,
  account?: string,
): Promise<void> {
  const names = (config.operation?.rateLimits ?? []) as readonly LimitName[];
  if (names.length === 0) throw new Error(`${config.operation?.operationId ?? 'the route'} declares no rate limits`);
  const address = addressKey(ip);
  for (const name of names) {
    if (name !== 'sign-in') await limits.consume(name, address);
    else if (account === undefined) throw new Error(`the rate limit ${name} needs an account`);
    else await limits.consume(name, `${address} ${hashAccount(account)}`);
  }
}

/** Keys are stored in Valkey and in memory, which must not contain emails. 96 bits suffice to distinguish accounts. */
function hashAccount(account: string): string {
  return createHash('sha256').update(account.toLowerCase()).digest('base64url').slice(0, 16);
}
