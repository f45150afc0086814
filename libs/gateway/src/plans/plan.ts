import type { PlanLimits } from './plan.config.js';

/** Three replicas with one lease and a half each have at most 1.5 % of a limit. */
const LEASES_PER_LIMIT = 300;
/**
 * Requests wait for the next lease if this one is used up. Under overload, one iteration of the event loop reads
 * hundreds of requests.
 */
const MAX_LEASE = 1_000;

export interface Plan extends PlanLimits {
  /** Name of the policy in the headers of responses. */
  readonly name: string;
}

/** Returns the plan of one API key of an account. @returns undefined if a key has the limits of the account */
export function toKeyPlan({ name, rate, burst, callsPerMonth, keyShare }: Plan): Plan | undefined {
  if (keyShare === 1) return undefined;
  return {
    name: `${name}-key`,
    rate: rate * keyShare,
    burst: Math.max(1, Math.floor(burst * keyShare)),
    ...(callsPerMonth !== undefined && { callsPerMonth: Math.max(1, Math.floor(callsPerMonth * keyShare)) }),
    keyShare: 1,
  };
}

/** Returns the number of requests in a lease, which takes one Valkey call. 1 if the burst or the quota is below 600. */
export function leaseSize({ burst, callsPerMonth = Infinity }: Pick<Plan, 'burst' | 'callsPerMonth'>): number {
  return Math.max(1, Math.min(MAX_LEASE, Math.floor(Math.min(burst, callsPerMonth) / LEASES_PER_LIMIT)));
}
