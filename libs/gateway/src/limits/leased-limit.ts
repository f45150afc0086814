import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/**
 * Requests without a point wait for the next lease. Under overload, one iteration of the event loop can read hundreds
 * of requests of one proxy, which would wait for several iterations with smaller leases.
 */
const MAX_LEASE = 1_000;

/** The decision about one request. */
export interface Quota {
  readonly isAdmitted: boolean;
  readonly remaining: number;
  /** Until the end of the window. */
  readonly resetMs: number;
}

/** Requests of this process for one key that its last calls of Valkey have paid for. */
interface Lease {
  left: number;
  /** Points of the window that no process has leased. */
  unleased: number;
  /** End of the window, by performance.now(). */
  endsAt: number;
  /** Resolves when the request for more points has finished. */
  refill: Promise<void> | undefined;
}

export interface LeasedLimitOptions {
  /** Points of one window. */
  readonly points: number;
  /** Keys in memory. The oldest key above it loses the points that it had left. */
  readonly maxKeys?: number;
}

/**
 * Counts requests against points that are taken from the shared count in advance: most decisions are local and synchronous.
 * A lease ends with its window. It is a hundredth of the limit or MAX_LEASE, whichever is less, so that unused points
 * of a process are a small fraction of the limit. See docs/adr/0015-rate-limit-leases.md.
 */
export class LeasedLimit {
  private readonly leases = new Map<string, Lease>();
  private readonly leasePoints: number;
  private readonly maxKeys: number;

  /** Whether leases of this limit have more than one point. For a smaller limit, every request must be counted exactly. */
  static isLarge(points: number): boolean {
    return leasePoints(points) > 1;
  }

  constructor(
    private readonly limiter: RateLimiterAbstract,
    private readonly options: LeasedLimitOptions,
  ) {
    this.leasePoints = leasePoints(options.points);
    this.maxKeys = options.maxKeys ?? 20_000;
  }

  /** Counts one request. Returns a promise only if points have to be taken from the shared count first. */
  consume(key: string): Quota | Promise<Quota> {
    const lease = this.leases.get(key);
    return (lease && this.decide(key, lease)) ?? this.consumeLater(key, lease ?? this.add(key));
  }

  private async consumeLater(key: string, lease: Lease): Promise<Quota> {
    for (;;) {
      await this.refill(key, lease);
      // Concurrent requests can have used the new points.
      const quota = this.decide(key, lease);
      if (quota) return quota;
    }
  }

  /** @returns undefined if the lease is used up or has ended */
  private decide(key: string, lease: Lease): Quota | undefined {
    const now = performance.now();
    if (now >= lease.endsAt) return undefined;
    if (lease.left === 0) return lease.unleased > 0 ? undefined : toQuota(lease, now, false);
    lease.left -= 1;
    if (lease.left < this.leasePoints / 2 && lease.unleased > 0) this.refill(key, lease).catch(() => undefined);
    return toQuota(lease, now, true);
  }

  private refill(key: string, lease: Lease): Promise<void> {
    lease.refill ??= this.take(key, lease).finally(() => (lease.refill = undefined));
    return lease.refill;
  }

  private async take(key: string, lease: Lease): Promise<void> {
    // Unlike consume, penalty counts without deciding, so that the last points of a window can be a part of a lease.
    const { consumedPoints, msBeforeNext } = await this.limiter.penalty(key, this.leasePoints);
    const now = performance.now();
    const before = this.options.points - consumedPoints + this.leasePoints;
    const granted = Math.max(0, Math.min(this.leasePoints, before));
    lease.left = granted + (now < lease.endsAt ? lease.left : 0);
    lease.unleased = Math.max(0, this.options.points - consumedPoints);
    lease.endsAt = now + Math.max(1, msBeforeNext);
    // The map stays sorted by the time of the last refill, so that expired leases are found first.
    if (this.leases.delete(key)) this.leases.set(key, lease);
  }

  private add(key: string): Lease {
    const now = performance.now();
    for (const [oldest, { endsAt }] of this.leases) {
      if (now < endsAt && this.leases.size < this.maxKeys) break;
      this.leases.delete(oldest);
    }
    const lease = { left: 0, unleased: 0, endsAt: now, refill: undefined };
    this.leases.set(key, lease);
    return lease;
  }
}

function leasePoints(points: number): number {
  return Math.min(MAX_LEASE, Math.floor(points / 100));
}

function toQuota({ left, unleased, endsAt }: Lease, now: number, isAdmitted: boolean): Quota {
  return { isAdmitted, remaining: left + unleased, resetMs: endsAt - now };
}
