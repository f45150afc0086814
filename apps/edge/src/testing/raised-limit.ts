import type { PlanLimits } from '@viernes/gateway';
import { backing } from '@viernes/testing';

/** Returns the setting `PLANS` with the same limits for all callers. */
export function toPlans(limits: Partial<PlanLimits>): string {
  return JSON.stringify({ anonymous: limits, account: limits });
}

/**
 * Settings of an edge that receives more requests than the default limit allows. All tests have the same IP address, so
 * this edge counts in another database of Valkey. Otherwise, its requests would use up the limit of other tests.
 */
export const RAISED_LIMIT = {
  VALKEY_URL: new URL('/2', backing().valkeyUrl).href,
  PLANS: toPlans({ rate: 1_000_000, burst: 10_000_000 }),
  RATE_LIMIT_UNKNOWN_API_KEY_PER_IP_PER_MINUTE: '1000000',
};
