import type { Decision } from './leased-budgets.js';
import { monthOf } from './month.js';

/**
 * Returns the headers of a response as name, value, name, value. A bucket is reported as a quota of its burst, and the
 * window in which it becomes full. Calls of the month have a second policy with the suffix `-month`.
 *
 * @see draft-ietf-httpapi-ratelimit-headers-10, RateLimit-Policy and RateLimit
 */
export function rateLimitFields(decisions: readonly Decision[], nowMs = Date.now()): string[] {
  const policies: string[] = [];
  const states: string[] = [];
  for (const { plan, remaining, remainingCalls, monthEndsAtMs } of decisions) {
    const { name, rate, burst, callsPerMonth } = plan;
    policies.push(`"${name}";q=${burst};w=${Math.ceil(burst / rate)}`);
    states.push(`"${name}";r=${remaining};t=${Math.ceil((burst - remaining) / rate)}`);
    if (callsPerMonth === undefined) continue;
    policies.push(`"${name}-month";q=${callsPerMonth};w=${monthOf(nowMs).seconds}`);
    states.push(`"${name}-month";r=${remainingCalls};t=${Math.ceil((monthEndsAtMs - nowMs) / 1_000)}`);
  }
  return ['ratelimit-policy', policies.join(', '), 'ratelimit', states.join(', ')];
}
