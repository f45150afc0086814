import type { Logger } from '@viernes/platform';
import { createLocalJWKSet, errors, type JWSHeaderParameters, type FlattenedJWSInput, type CryptoKey } from 'jose';

export interface KeySetTimes {
  /** After a fetch, an unknown key id does not cause another one for this long. */
  readonly coolDownMs: number;
  /** Older keys are fetched anew in the background; they stay in use until that works. */
  readonly freshMs: number;
}

const TIMES: KeySetTimes = { coolDownMs: 10_000, freshMs: 300_000 };

type Resolve = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

/** The public keys that sign access tokens, fetched once and kept: tokens stay good while their issuer is away. */
export class JwksCache {
  private resolve: Resolve | undefined;
  private fetchedAt = -Infinity;
  private triedAt = -Infinity;
  private pending: Promise<Resolve> | undefined;

  /**
   * @param fetchJwks answers a JWK Set as JSON text (RFC 7517 section 5)
   * @param now epoch milliseconds
   */
  constructor(
    private readonly fetchJwks: () => Promise<string>,
    private readonly logger: Logger,
    private readonly times: KeySetTimes = TIMES,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @throws JWKSNoMatchingKey where no key has the token's id, even after a fetch that the cool-down allowed
   * @throws CodedError what fetchJwks throws, where there is no key yet or the id is new
   */
  readonly keyOf: Resolve = async (header, token) => {
    const resolve = this.resolve ?? (await this.refresh());
    if (this.now() - this.fetchedAt > this.times.freshMs && this.mayTry()) this.refreshInBackground();
    try {
      return await resolve(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.mayTry()) throw error;
      const renewed = await this.refresh();
      return renewed(header, token);
    }
  };

  private mayTry(): boolean {
    return this.pending !== undefined || this.now() - this.triedAt >= this.times.coolDownMs;
  }

  /** Calls that need it at the same time share one fetch. */
  private refresh(): Promise<Resolve> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetch(): Promise<Resolve> {
    this.triedAt = this.now();
    const resolve = createLocalJWKSet(JSON.parse(await this.fetchJwks()) as Parameters<typeof createLocalJWKSet>[0]);
    this.resolve = resolve;
    this.fetchedAt = this.now();
    return resolve;
  }

  private refreshInBackground(): void {
    this.refresh().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'signing keys not renewed, the old ones stay'),
    );
  }
}
