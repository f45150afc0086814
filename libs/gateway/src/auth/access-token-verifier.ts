import { hash } from 'node:crypto';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { ROLES } from '@viernes/platform';
import { z } from 'zod';
import type { VerifiedCaller } from '../routes/fastify-augmentation.js';
import { invalidCredentials } from './invalid-credentials.js';
import type { JwksCache } from './jwks-cache.js';

/** Tolerated clock difference between two machines. */
export const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * How long a verified token is cached, because a client sends several requests with it: verifying a signature costs more
 * than all other policies. Short, so that a new key is fetched before the user service signs with it (see `TIMES` in
 * `jwks-cache.ts`).
 */
const CACHE_MS = 10_000;
const MAX_CACHED_TOKENS = 10_000;

const claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  role: z.enum(ROLES),
  pid: z.string().min(1).optional(),
  age: z.number().int().min(0).optional(),
  plan: z.string().optional(),
  iat: z.number(),
  exp: z.number(),
});

/** Verifies access tokens (JWT, RFC 7519). Accepts only EdDSA, our issuer and our audience. */
export class AccessTokenVerifier {
  /** Keyed by the hash of the token, so that the memory of the process contains no tokens of past requests. */
  private readonly cached = new LRUCache<string, VerifiedCaller>({ max: MAX_CACHED_TOKENS, ttl: CACHE_MS });

  constructor(private readonly keys: Pick<JwksCache, 'getKey'>) {}

  /**
   * @throws CodedError UNAUTHENTICATED if the token is invalid; DEPENDENCY_UNAVAILABLE or DEADLINE_EXCEEDED if its key
   *   cannot be fetched
   */
  async verify(token: string): Promise<VerifiedCaller> {
    const tokenHash = hash('sha256', token, 'base64');
    const cached = this.cached.get(tokenHash);
    if (cached && Date.now() < cached.expiresAtMs) return cached;
    const caller = await this.verifySignature(token);
    this.cached.set(tokenHash, caller);
    return caller;
  }

  private async verifySignature(token: string): Promise<VerifiedCaller> {
    try {
      const { payload } = await jwtVerify(token, this.keys.getKey, {
        algorithms: [ACCESS_TOKEN.algorithm],
        issuer: ACCESS_TOKEN.issuer,
        audience: ACCESS_TOKEN.audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const { sub, sid, role, pid, age, plan, iat, exp } = claims.parse(payload);
      return {
        accountId: sub,
        sessionId: sid,
        role,
        ...(pid !== undefined && { profileId: pid }),
        ...(age !== undefined && { maximumAge: age }),
        ...(plan !== undefined && { plan }),
        tokenLifeSeconds: exp - iat,
        expiresAtMs: exp * 1_000,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw invalidCredentials('accessToken', error);
      }
      throw error;
    }
  }
}
