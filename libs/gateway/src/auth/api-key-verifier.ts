import { createHash } from 'node:crypto';
import { API_KEY, CodedError } from '@viernes/contracts';
import { LRUCache } from 'lru-cache';
import type { RateLimits } from '../limits/rate-limits.js';
import type { VerifiedCaller } from '../routes/fastify-augmentation.js';
import { invalidCredentials } from './invalid-credentials.js';

/** How long a verification is cached. Revoked keys are rejected earlier, like revoked sessions. */
const CACHE_MS = 30_000;
const MAX_CACHED = 10_000;

export interface VerifiedApiKey {
  readonly caller: Omit<VerifiedCaller, 'tokenLifeSeconds' | 'expiresAtMs'>;
  readonly expiresAtMs: number;
}

/** Verifies a secret with the service that stores API keys. @throws CodedError UNAUTHENTICATED if the secret is not valid */
type FetchApiKey = (secret: string) => Promise<VerifiedApiKey>;

export const UNKNOWN_API_KEYS = 'unknown-api-key-ip';

/**
 * Verifies secrets of API keys with a call to the user service, and caches valid ones for a short time. Unknown ones
 * are counted per IP address.
 */
export class ApiKeyVerifier {
  /** Keyed by the hash of the secret, so that the memory of the process contains no secrets of past requests. */
  private readonly cached: LRUCache<string, VerifiedCaller, string>;

  constructor(
    fetchApiKey: FetchApiKey,
    private readonly limits: Pick<RateLimits<typeof UNKNOWN_API_KEYS>, 'check' | 'consume'>,
  ) {
    this.cached = new LRUCache<string, VerifiedCaller, string>({
      max: MAX_CACHED,
      ttl: CACHE_MS,
      // Concurrent requests with one secret share a call.
      fetchMethod: async (_hash, _stale, { context: secret, options }) => {
        const { caller, expiresAtMs } = await fetchApiKey(secret);
        options.ttl = Math.max(1, Math.min(CACHE_MS, expiresAtMs - Date.now()));
        return { ...caller, expiresAtMs, tokenLifeSeconds: CACHE_MS / 1_000 };
      },
    });
  }

  /**
   * @param address identifies the IP address of the client
   * @throws CodedError UNAUTHENTICATED; RATE_LIMITED if the address has sent too many unknown secrets; and any other error
   *   of `fetchApiKey`
   */
  async verify(secret: string, address: string): Promise<VerifiedCaller> {
    if (!API_KEY.pattern.test(secret)) throw invalidCredentials('apiKey');
    const hash = createHash('sha256').update(secret).digest('base64');
    const cached = this.cached.get(hash);
    if (cached) return cached;
    await this.limits.check(UNKNOWN_API_KEYS, address);
    try {
      return await this.cached.forceFetch(hash, { context: secret });
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'UNAUTHENTICATED')) throw error;
      await this.limits.consume(UNKNOWN_API_KEYS, address);
      throw invalidCredentials('apiKey', error);
    }
  }
}
