import { CodedError } from '@viernes/contracts';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Valkey } from '../valkey/valkey.js';

export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

/** What is left of a limit for one key. */
export interface LimitState extends RateLimit {
  readonly remaining: number;
  readonly resetSeconds: number;
}

/**
 * Limits that all edges share through Valkey. While it is away each process counts for itself, with the same numbers: a
 * caller may then do as much again at each edge, but never without bound.
 */
export class RateLimits<Name extends string> {
  private readonly limiters: ReadonlyMap<Name, RateLimiterAbstract>;

  constructor(
    valkey: Valkey,
    private readonly limits: Readonly<Record<Name, RateLimit>>,
  ) {
    const entries = Object.entries<RateLimit>(limits) as [Name, RateLimit][];
    this.limiters = new Map(entries.map(([name, limit]) => [name, limiterOf(valkey, name, limit)]));
  }

  /**
   * Counts one use.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  async consume(name: Name, key: string): Promise<LimitState> {
    const limiter = this.limiters.get(name);
    if (!limiter) throw new Error(`no such limit: ${name}`);
    try {
      return this.stateOf(name, await limiter.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const { resetSeconds } = this.stateOf(name, error);
      throw new CodedError('RATE_LIMITED', { limit: name, retryAfterSeconds: Math.max(1, resetSeconds) });
    }
  }

  private stateOf(name: Name, { remainingPoints, msBeforeNext }: RateLimiterRes): LimitState {
    return { ...this.limits[name], remaining: remainingPoints, resetSeconds: Math.ceil(msBeforeNext / 1_000) };
  }
}

function limiterOf(valkey: Valkey, name: string, { points, windowSeconds }: RateLimit): RateLimiterAbstract {
  const options = { keyPrefix: `viernes:edge:limit:${name}`, points, duration: windowSeconds };
  return new RateLimiterRedis({
    ...options,
    storeClient: valkey,
    rejectIfRedisNotReady: true,
    // Who is over the limit is refused from memory: an attack must not become load on Valkey.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}
