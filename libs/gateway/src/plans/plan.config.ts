import { DEFAULT_PLAN, PLAN_NAME } from '@viernes/contracts';
import { z } from 'zod';

const MAX = 1_000_000_000;

/** Applies to IP addresses. Accounts cannot have it. */
export const ANONYMOUS_PLAN = 'anonymous';

/** The limits of a plan. */
const planLimits = z.strictObject({
  /** Requests per second in the long run. */
  rate: z.number().positive().max(MAX),
  /** Requests that are admitted immediately after a pause. */
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
