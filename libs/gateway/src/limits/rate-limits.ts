import { CodedError } from '@viernes/contracts';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Valkey } from '../valkey/valkey.js';

export interface RateLimit {
  readonly points: number;
  readonly windowSeconds: number;
}

/** The remaining quota of one key. */
export interface LimitState extends RateLimit {
  readonly remaining: number;
  readonly resetSeconds: number;
}

/**
 * Rate limits that all replicas share through Valkey. While Valkey is unavailable, each process counts separately with the
 * same limits, so that a caller has the quota once per replica.
 */
export class RateLimits<Name extends string> {
  private readonly limiters: ReadonlyMap<Name, RateLimiterAbstract>;

  constructor(
    valkey: Valkey,
    private readonly limits: Readonly<Record<Name, RateLimit>>,
  ) {
    const entries = Object.entries<RateLimit>(limits) as [Name, RateLimit][];
    this.limiters = new Map(entries.map(([name, limit]) => [name, createLimiter(valkey, name, limit)]));
  }

  /**
   * Counts one request.
   *
   * @throws CodedError RATE_LIMITED with details.retryAfterSeconds
   */
  async consume(name: Name, key: string): Promise<LimitState> {
    const limiter = this.limiters.get(name);
    if (!limiter) throw new Error(`unknown limit: ${name}`);
    try {
      return this.toState(name, await limiter.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const { resetSeconds } = this.toState(name, error);
      throw new CodedError('RATE_LIMITED', { limit: name, retryAfterSeconds: Math.max(1, resetSeconds) });
    }
  }

  private toState(name: Name, { remainingPoints, msBeforeNext }: RateLimiterRes): LimitState {
    return { ...this.limits[name], remaining: remainingPoints, resetSeconds: Math.ceil(msBeforeNext / 1_000) };
  }
}

/** Sends the remaining quota. @see draft-ietf-httpapi-ratelimit-headers, RateLimit and RateLimit-Policy */
export function setLimitHeaders(reply: FastifyReply, name: string, state: LimitState): void {
  reply.header('ratelimit-policy', `"${name}";q=${state.points};w=${state.windowSeconds}`);
  reply.header('ratelimit', `"${name}";r=${state.remaining};t=${state.resetSeconds}`);
}

function createLimiter(valkey: Valkey, name: string, { points, windowSeconds }: RateLimit): RateLimiterAbstract {
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
