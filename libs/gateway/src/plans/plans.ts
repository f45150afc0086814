import { CodedError, DEFAULT_PLAN } from '@viernes/contracts';
import { Counter } from 'prom-client';
import type { Valkey } from '../valkey/valkey.js';
import { LeasedBudgets, type Decision } from './leased-budgets.js';
import { ANONYMOUS_PLAN, type PlanSettings } from './plan.config.js';
import { toKeyPlan, type Plan } from './plan.js';
import { SharedBudgets } from './shared-budgets.js';

const SWEEP_MS = 30_000;

const rejections = new Counter({
  name: 'http_plan_rejections_total',
  help: 'Requests rejected with 429 because of the plan of their caller',
  labelNames: ['plan', 'limit'],
});

/** The remaining budget of a caller. */
export interface Budget {
  readonly plan: Plan;
  /** Undefined while Valkey is unavailable. */
  readonly remaining: Pick<Decision, 'remaining' | 'remainingCalls'> | undefined;
}

interface Caller {
  readonly accountId: string;
  /** Undefined for a session. */
  readonly apiKeyId?: string;
  /** Undefined: the default plan. */
  readonly plan?: string;
}

interface PlanBudgets {
  readonly plan: Plan;
  readonly callers: LeasedBudgets;
  /** Limits of single API keys. Undefined if a key has the limits of its account. */
  readonly keyPlan: Plan | undefined;
  readonly keys: LeasedBudgets | undefined;
}

/** The plans of callers, and their budgets, which all replicas share. */
export class Plans {
  private readonly plans: ReadonlyMap<string, PlanBudgets>;
  private readonly timer: NodeJS.Timeout;

  constructor(valkey: Valkey, settings: PlanSettings) {
    const shared = new SharedBudgets(valkey);
    this.plans = new Map(
      Object.entries(settings).map(([name, limits]) => {
        const plan = { name, ...limits };
        const keyPlan = toKeyPlan(plan);
        const keys = keyPlan && new LeasedBudgets(keyPlan, shared);
        return [name, { plan, callers: new LeasedBudgets(plan, shared), keyPlan, keys }];
      }),
    );
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  /** The plans that an account can have. */
  get ofAccounts(): readonly Plan[] {
    return [...this.plans.values()].map(({ plan }) => plan).filter(({ name }) => name !== ANONYMOUS_PLAN);
  }

  /**
   * Counts a request without a valid token.
   *
   * @param address as `addressKey` returns it
   * @returns the decisions that the response reports. A promise only if the shared budget must be queried first
   */
  consumeAnonymous(address: string, countsCall: boolean): readonly Decision[] | Promise<readonly Decision[]> {
    const decision = this.get(ANONYMOUS_PLAN).callers.consume(`ip:${address}`, countsCall);
    return decision instanceof Promise ? decision.then((decided) => [decided]) : [decision];
  }

  /**
   * Counts a request of an account, and of its API key.
   *
   * @returns the decisions that the response reports, the key's first
   */
  async consume({ accountId, apiKeyId, plan }: Caller, countsCall: boolean): Promise<readonly Decision[]> {
    const { callers, keys } = this.get(plan);
    if (apiKeyId === undefined || !keys) return [await callers.consume(`account:${accountId}`, countsCall)];
    const ofKey = await keys.consume(`key:${apiKeyId}`, countsCall);
    if (ofKey.rejection) return [ofKey];
    const ofAccount = await callers.consume(`account:${accountId}`, countsCall);
    if (ofAccount.rejection) keys.undo(`key:${apiKeyId}`, countsCall);
    return [ofKey, ofAccount];
  }

  /** Returns the budget of an account, then that of its API key if it has a separate one. */
  async read({ accountId, apiKeyId, plan: name }: Caller): Promise<readonly Budget[]> {
    const { plan, callers, keyPlan, keys } = this.get(name);
    const read = (budgets: LeasedBudgets, key: string) => budgets.read(key).catch(() => undefined);
    const ofAccount = { plan, remaining: await read(callers, `account:${accountId}`) };
    if (apiKeyId === undefined || !keys || !keyPlan) return [ofAccount];
    return [ofAccount, { plan: keyPlan, remaining: await read(keys, `key:${apiKeyId}`) }];
  }

  /** Returns all leases. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.listBudgets().map((budgets) => budgets.close()));
  }

  private async sweep(): Promise<void> {
    await Promise.all(this.listBudgets().map((budgets) => budgets.sweep()));
  }

  private listBudgets(): LeasedBudgets[] {
    return [...this.plans.values()].flatMap(({ callers, keys }) => (keys ? [callers, keys] : [callers]));
  }

  /** A token can name a plan that has been removed since. */
  private get(name = DEFAULT_PLAN): PlanBudgets {
    const found = this.plans.get(name) ?? this.plans.get(DEFAULT_PLAN);
    if (!found) throw new Error(`the plan ${DEFAULT_PLAN} is missing`);
    return found;
  }
}

/** @throws CodedError RATE_LIMITED or QUOTA_EXCEEDED with details.retryAfterSeconds if one of the decisions is a rejection */
export function requireAdmission(decisions: readonly Decision[]): void {
  for (const { plan, rejection, retryAfterMs } of decisions) {
    if (!rejection) continue;
    rejections.inc({ plan: plan.name, limit: rejection });
    throw new CodedError(rejection === 'rate' ? 'RATE_LIMITED' : 'QUOTA_EXCEEDED', {
      plan: plan.name,
      retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
    });
  }
}
