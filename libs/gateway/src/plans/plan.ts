import { DEFAULT_PLAN, PLAN_NAME } from '@viernes/contracts';
import { z } from 'zod';

/** Three replicas with one lease and a half each have at most 1.5 % of a limit. */
const LEASES_PER_LIMIT = 300;
/** Requests without a token wait for the next lease. Under overload, one iteration of the event loop reads hundreds. */
const MAX_LEASE = 1_000;
const MAX = 1_000_000_000;

/** Applies to IP addresses. Accounts cannot have it. */
export const ANONYMOUS_PLAN = 'anonymous';

/** The limits of a plan. */
const planLimits = z.strictObject({
  /** Requests per second in the long run. */
  rate: z.number().positive().max(MAX),
  /** Requests that are admitted at once after a pause. */
  burst: z.int().min(1).max(MAX),
  /** Requests per calendar month (UTC). Absent: unlimited. */
  callsPerMonth: z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Fraction of each limit that one API key of the account can use. 1: a key can use all of it. */
  keyShare: z.number().positive().max(1).default(1),
});

/** All plans by name. */
export const planSettings = z
  .record(z.string().regex(PLAN_NAME), planLimits)
  .refine((plans) => ANONYMOUS_PLAN in plans && DEFAULT_PLAN in plans, {
    error: 'needs the plans anonymous and account',
  });

export type PlanLimits = z.infer<typeof planLimits>;
export type PlanSettings = Readonly<Record<string, PlanLimits>>;

export interface Plan extends PlanLimits {
  /** Of the policy in the headers of responses. */
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

/** Returns how many requests a process pays for with one call of Valkey. 1 if the burst or the quota is below 600. */
export function leaseSize({ burst, callsPerMonth = Infinity }: Pick<Plan, 'burst' | 'callsPerMonth'>): number {
  return Math.max(1, Math.min(MAX_LEASE, Math.floor(Math.min(burst, callsPerMonth) / LEASES_PER_LIMIT)));
}
