import { ACCESS_TOKEN, CodedError } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { JwksCache } from './jwks-cache.js';

/** Clocks of two machines differ by about this much. */
export const CLOCK_TOLERANCE_SECONDS = 5;

const claims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  role: z.enum(['viewer', 'editor']),
  iat: z.number(),
  exp: z.number(),
});

export interface VerifiedCaller {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: CallerRole;
  /** How long tokens of this session live, from their issue to their end. */
  readonly tokenLifeSeconds: number;
}

/** Reads access tokens (JWT, RFC 7519): EdDSA alone, our issuer, our audience. */
export class AccessTokens {
  constructor(private readonly keys: JwksCache) {}

  /**
   * @throws CodedError UNAUTHENTICATED where the token is not good; DEPENDENCY_UNAVAILABLE or DEADLINE_EXCEEDED where the
   *   key to tell cannot be had
   */
  async verify(token: string): Promise<VerifiedCaller> {
    try {
      const { payload } = await jwtVerify(token, this.keys.keyOf, {
        algorithms: [ACCESS_TOKEN.algorithm],
        issuer: ACCESS_TOKEN.issuer,
        audience: ACCESS_TOKEN.audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const { sub, sid, role, iat, exp } = claims.parse(payload);
      return { accountId: sub, sessionId: sid, role, tokenLifeSeconds: exp - iat };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw new CodedError('UNAUTHENTICATED', { reason: 'token' }, { cause: error });
      }
      throw error;
    }
  }
}
