import { CodedError } from '@viernes/contracts';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Valkey } from '../valkey/valkey.js';

export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

/**
 * Small rate limits of single operations that all replicas share through Valkey, counted exactly with one call per request.
 * While Valkey is unavailable, each process counts separately with the same limits, so that a caller has each limit
 * once per replica.
 */
export class RateLimits<Name extends string> {
  private readonly limiters: ReadonlyMap<Name, RateLimiterRedis>;

  constructor(valkey: Valkey, limits: Readonly<Record<Name, RateLimit>>) {
    const entries = Object.entries<RateLimit>(limits) as [Name, RateLimit][];
    this.limiters = new Map(entries.map(([name, limit]) => [name, createLimiter(valkey, name, limit)]));
  }

  /**
   * Rejects a key that has reached the limit. Does not count the request: the caller can count it later with `consume`.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  async check(name: Name, key: string): Promise<void> {
    const state = await this.get(name).get(key);
    if (state && state.remainingPoints <= 0) throw toError(name, state);
  }

  /**
   * Counts one request.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  async consume(name: Name, key: string): Promise<void> {
    try {
      await this.get(name).consume(key);
    } catch (error) {
      throw error instanceof RateLimiterRes ? toError(name, error) : error;
    }
  }

  private get(name: Name): RateLimiterRedis {
    const limiter = this.limiters.get(name);
    if (!limiter) throw new Error(`unknown limit: ${name}`);
    return limiter;
  }
}

function toError(limit: string, { msBeforeNext }: RateLimiterRes): CodedError {
  return new CodedError('RATE_LIMITED', { limit, retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) });
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
