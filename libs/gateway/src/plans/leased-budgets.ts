import { Lease, type Rejection } from './lease.js';
import { monthOf } from './month.js';
import { leaseSize, type Plan } from './plan.js';
import type { SharedBudgets } from './shared-budgets.js';

/** The decision about one request, and the remaining budget. */
export interface Decision {
  readonly plan: Plan;
  readonly rejection: Rejection | undefined;
  /** Time until a rejected request can be repeated. */
  readonly retryAfterMs: number;
  readonly remaining: number;
  /** 0 if the plan has no limit of calls. */
  readonly remainingCalls: number;
  readonly monthEndsAtMs: number;
}

export interface LeasedBudgetsOptions {
  /** Callers in memory. Above this number, the lease of the least recently added caller is returned. */
  readonly maxKeys?: number;
  /** Returns epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * The budgets of all callers with one plan. Most decisions are local and synchronous: the process takes a lease from the
 * shared budget in advance, and the next one when half of it is used. See docs/adr/0036-plans-and-quotas.md.
 */
export class LeasedBudgets {
  private readonly leases = new Map<string, Lease>();
  private readonly size: number;
  private readonly maxKeys: number;
  private readonly now: () => number;

  constructor(
    private readonly plan: Plan,
    private readonly shared: Pick<SharedBudgets, 'take'>,
    { maxKeys = 20_000, now = Date.now }: LeasedBudgetsOptions = {},
  ) {
    this.size = leaseSize(plan);
    this.maxKeys = maxKeys;
    this.now = now;
  }

  /**
   * Counts one request.
   *
   * @param countsCall whether it uses a call of the month, in addition to the rate
   * @returns a promise only if the shared budget must be queried first. It never rejects
   */
  consume(key: string, countsCall = true): Decision | Promise<Decision> {
    const lease = this.leases.get(key) ?? this.add(key);
    return this.decide(key, lease, countsCall) ?? this.decideLater(key, lease, countsCall);
  }

  /** Reverts `consume`, because the request is rejected for another reason. */
  undo(key: string, countsCall = true): void {
    this.leases.get(key)?.undo(countsCall);
  }

  /** Returns the remaining shared budget without counting a request. @throws Error while Valkey is unavailable */
  async read(key: string): Promise<Pick<Decision, 'remaining' | 'remainingCalls'>> {
    const { callsPerMonth = 0, burst } = this.plan;
    const nothing = { wantedTokens: 0, wantedCalls: 0, unusedTokens: 0, unusedCalls: 0, knownCalls: 0 };
    const grant = await this.shared.take(this.plan, { key, month: monthOf(this.now()), ...nothing });
    // Read after the response, because a lease that was requested earlier has arrived by then.
    const { tokens = 0, calls = 0 } = this.leases.get(key) ?? {};
    return {
      remaining: Math.floor(Math.min(burst, grant.remainingTokens + tokens)),
      remainingCalls: Math.max(0, callsPerMonth - grant.usedCalls) + calls,
    };
  }

  /** Returns the leases of callers without a request since the last sweep. Call it periodically. */
  async sweep(): Promise<void> {
    const idle = [...this.leases].filter(([, lease]) => lease.isIdle && !lease.refill);
    for (const lease of this.leases.values()) lease.isIdle = true;
    await Promise.all(idle.map(([key, lease]) => this.returnLease(key, lease)));
  }

  /** Returns all leases, so that other replicas can use them. */
  async close(): Promise<void> {
    await Promise.all([...this.leases.values()].map((lease) => lease.refill));
    await Promise.all([...this.leases].map(([key, lease]) => this.returnLease(key, lease)));
  }

  private decide(key: string, lease: Lease, countsCall: boolean): Decision | undefined {
    const now = this.now();
    const result = lease.use(countsCall, now);
    if (result === undefined) return undefined;
    if (lease.isLow(now)) void this.refill(key, lease);
    return {
      plan: this.plan,
      rejection: result === true ? undefined : result,
      retryAfterMs: result === true ? 0 : lease.retryAfterMs(result, now),
      remaining: lease.remaining(now),
      remainingCalls: lease.remainingCalls(),
      monthEndsAtMs: monthOf(now).endsAtMs,
    };
  }

  private async decideLater(key: string, lease: Lease, countsCall: boolean): Promise<Decision> {
    for (;;) {
      await this.refill(key, lease);
      // Concurrent requests can have used the lease.
      const decision = this.decide(key, lease, countsCall);
      if (decision) return decision;
    }
  }

  private refill(key: string, lease: Lease): Promise<void> {
    lease.refill ??= this.take(key, lease).finally(() => (lease.refill = undefined));
    return lease.refill;
  }

  private async take(key: string, lease: Lease): Promise<void> {
    const request = lease.toRefill(key, this.now());
    try {
      lease.add(request, await this.shared.take(this.plan, request), this.now());
    } catch {
      // connectValkey logs that Valkey is unavailable.
      lease.addLocally(request, this.now());
    }
  }

  /**
   * Returns a lease to the shared budget. Requests of the caller wait for that. While Valkey is unavailable, the lease
   * is retained, because it can contain uncounted calls.
   */
  private returnLease(key: string, lease: Lease): Promise<void> {
    if (!lease.hasUnused) {
      this.leases.delete(key);
      return Promise.resolve();
    }
    const request = lease.toReturn(key);
    lease.refill = this.shared
      .take(this.plan, request)
      .then(
        () => {
          if (lease.isIdle && this.leases.get(key) === lease) this.leases.delete(key);
        },
        () => lease.restore(request),
      )
      .finally(() => (lease.refill = undefined));
    return lease.refill;
  }

  private add(key: string): Lease {
    const [oldest] = this.leases;
    if (oldest && this.leases.size >= this.maxKeys) {
      const [oldestKey, surplus] = oldest;
      this.leases.delete(oldestKey);
      if (!surplus.refill) void this.returnLease(oldestKey, surplus);
    }
    const lease = new Lease(this.plan, this.size, this.now());
    this.leases.set(key, lease);
    return lease;
  }
}
