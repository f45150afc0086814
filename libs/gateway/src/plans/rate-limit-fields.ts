import type { Decision } from './leased-budgets.js';
import { monthOf, type Month } from './month.js';
import type { Plan } from './plan.js';

/** Caches the policies of each plan in a month, because every response has them. */
const knownPolicies = new WeakMap<Plan, { readonly month: Month; readonly text: string }>();

/**
 * Returns the headers of a response as name, value, name, value. The quota of a bucket is its burst, and its window is
 * the time until an empty bucket is full. Calls of the month have a second policy with the suffix `-month`.
 *
 * @see draft-ietf-httpapi-ratelimit-headers-10, RateLimit-Policy and RateLimit
 */
export function rateLimitFields(decisions: readonly Decision[], nowMs = Date.now()): string[] {
  const month = monthOf(nowMs);
  let policies = '';
  let states = '';
  for (const decision of decisions) {
    const separator = states === '' ? '' : ', ';
    policies += separator + policiesOf(decision.plan, month);
    states += separator + statesOf(decision, nowMs);
  }
  return ['ratelimit-policy', policies, 'ratelimit', states];
}

function policiesOf(plan: Plan, month: Month): string {
  const known = knownPolicies.get(plan);
  if (known?.month === month) return known.text;
  const { name, rate, burst, callsPerMonth } = plan;
  let text = `"${name}";q=${burst};w=${Math.ceil(burst / rate)}`;
  if (callsPerMonth !== undefined) text += `, "${name}-month";q=${callsPerMonth};w=${month.seconds}`;
  knownPolicies.set(plan, { month, text });
  return text;
}

function statesOf({ plan, remaining, remainingCalls, monthEndsAtMs }: Decision, nowMs: number): string {
  const { name, rate, burst, callsPerMonth } = plan;
  const state = `"${name}";r=${remaining};t=${Math.ceil((burst - remaining) / rate)}`;
  if (callsPerMonth === undefined) return state;
  return `${state}, "${name}-month";r=${remainingCalls};t=${Math.ceil((monthEndsAtMs - nowMs) / 1_000)}`;
}
