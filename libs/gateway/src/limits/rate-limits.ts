import { CodedError } from '@viernes/contracts';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Valkey } from '../valkey/valkey.js';
import { LeasedLimit, type Quota } from './leased-limit.js';

export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

/** The remaining quota of one key. */
export interface LimitState extends RateLimit {
  readonly name: string;
  readonly remaining: number;
  readonly resetSeconds: number;
}

type Count = (key: string) => Quota | Promise<Quota>;

/**
 * Rate limits that all replicas share through Valkey. While Valkey is unavailable, each process counts separately with the
 * same limits, so that a caller has the quota once per replica. A large limit is counted in leases, a small one exactly.
 */
export class RateLimits<Name extends string> {
  private readonly limiters: ReadonlyMap<Name, RateLimiterRedis>;
  private readonly counts: ReadonlyMap<Name, Count>;

  constructor(
    valkey: Valkey,
    private readonly limits: Readonly<Record<Name, RateLimit>>,
  ) {
    const entries = Object.entries<RateLimit>(limits) as [Name, RateLimit][];
    this.limiters = new Map(entries.map(([name, limit]) => [name, createLimiter(valkey, name, limit)]));
    this.counts = new Map([...this.limiters].map(([name, limiter]) => [name, createCount(limiter, limits[name])]));
  }

  /**
   * Rejects a key whose quota is used up, without counting: for requests of which only some count. For small limits.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  async check(name: Name, key: string): Promise<void> {
    const state = await this.limiters.get(name)?.get(key);
    if (state && state.remainingPoints <= 0) this.admit(name, toQuota(state, false));
  }

  /**
   * Counts one request. Returns a promise only if the decision needs Valkey, which is rare for a large limit.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  consume(name: Name, key: string): LimitState | Promise<LimitState> {
    const count = this.counts.get(name);
    if (!count) throw new Error(`unknown limit: ${name}`);
    const quota = count(key);
    return quota instanceof Promise ? quota.then((counted) => this.admit(name, counted)) : this.admit(name, quota);
  }

  private admit(name: Name, { isAdmitted, remaining, resetMs }: Quota): LimitState {
    const resetSeconds = Math.ceil(resetMs / 1_000);
    if (isAdmitted) return { name, ...this.limits[name], remaining, resetSeconds };
    throw new CodedError('RATE_LIMITED', { limit: name, retryAfterSeconds: Math.max(1, resetSeconds) });
  }
}

function createLimiter(valkey: Valkey, name: string, { points, windowSeconds }: RateLimit): RateLimiterRedis {
  const options = { keyPrefix: `viernes:edge:limit:${name}`, points, duration: windowSeconds };
  return new RateLimiterRedis({
    ...options,
    storeClient: valkey,
    rejectIfRedisNotReady: true,
    // Rejects callers above the limit from memory, so that an attack does not load Valkey.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

function createCount(limiter: RateLimiterRedis, { points }: RateLimit): Count {
  if (LeasedLimit.isLarge(points)) {
    const limit = new LeasedLimit(limiter, { points });
    return (key) => limit.consume(key);
  }
  return (key) => countExactly(limiter, key);
}

async function countExactly(limiter: RateLimiterRedis, key: string): Promise<Quota> {
  try {
    return toQuota(await limiter.consume(key), true);
  } catch (error) {
    if (error instanceof RateLimiterRes) return toQuota(error, false);
    throw error;
  }
}

function toQuota({ remainingPoints, msBeforeNext }: RateLimiterRes, isAdmitted: boolean): Quota {
  return { isAdmitted, remaining: remainingPoints, resetMs: msBeforeNext };
}
