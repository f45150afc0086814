import type { Logger } from '@viernes/platform';
import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';

export interface JwksCacheTimes {
  /** Minimum time between two fetches, so that unknown key IDs do not cause one each. */
  readonly coolDownMs: number;
  /** Minimum time between a failed fetch and the next one. */
  readonly retryMs: number;
  /** Older keys are fetched again in the background. They stay in use until that succeeds. */
  readonly freshMs: number;
}

/**
 * The user service publishes a key 60 s before it signs with it. In this time, an edge that receives requests fetches the
 * keys at least once, even if it verifies a cached token only every 10 s, so a rotation does not depend on a fetch at the
 * moment of the first signature.
 */
const TIMES: JwksCacheTimes = { coolDownMs: 10_000, retryMs: 1_000, freshMs: 20_000 };

type GetKey = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

/** Caches the public keys of access tokens, so that tokens stay valid while the issuer is unavailable. */
export class JwksCache {
  private cachedGetKey: GetKey | undefined;
  private fetchedAt = -Infinity;
  private attemptedAt = -Infinity;
  /** Failure of the latest fetch. */
  private failure: { readonly error: unknown } | undefined;
  private pending: Promise<GetKey> | undefined;

  /**
   * @param fetchJwks returns a JWK Set as JSON (RFC 7517 section 5)
   * @param now returns epoch milliseconds
   */
  constructor(
    private readonly fetchJwks: () => Promise<string>,
    private readonly logger: Logger,
    private readonly times: JwksCacheTimes = TIMES,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @throws JWKSNoMatchingKey if no key has the token's key ID, even after a fetch that the cool-down allowed
   * @throws any error of fetchJwks, if no key is cached, or if the key ID is unknown and the latest fetch failed, because
   *   the key can be a new one
   */
  readonly getKey: GetKey = async (header, token) => {
    const getKey = this.cachedGetKey ?? (await this.refresh());
    if (this.now() - this.fetchedAt > this.times.freshMs && this.canFetch()) this.refreshInBackground();
    try {
      return await getKey(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!this.canFetch()) throw this.failure ? this.failure.error : error;
      const refreshedGetKey = await this.refresh();
      return refreshedGetKey(header, token);
    }
  };

  private canFetch(): boolean {
    const waitMs = this.failure ? this.times.retryMs : this.times.coolDownMs;
    return this.pending !== undefined || this.now() - this.attemptedAt >= waitMs;
  }

  /** Concurrent callers share one fetch. */
  private refresh(): Promise<GetKey> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetch(): Promise<GetKey> {
    this.attemptedAt = this.now();
    try {
      const getKey = createLocalJWKSet(JSON.parse(await this.fetchJwks()) as Parameters<typeof createLocalJWKSet>[0]);
      this.cachedGetKey = getKey;
      this.fetchedAt = this.now();
      this.failure = undefined;
      return getKey;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  private refreshInBackground(): void {
    this.refresh().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'signing key refresh failed, cached keys stay in use'),
    );
  }
}
