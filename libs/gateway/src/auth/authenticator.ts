import '../server/request-fields.js';
import { CodedError } from '@viernes/contracts';
import type { FastifyRequest } from 'fastify';
import type { AuthMode } from '../routes/operation.js';
import type { AccessTokens, VerifiedCaller } from './access-tokens.js';
import type { RevokedSessions } from './revoked-sessions.js';

/** Finds out who sent a request. */
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly revoked: RevokedSessions,
  ) {}

  /**
   * @returns undefined where nobody is signed in and the operation does not mind
   * @throws CodedError UNAUTHENTICATED, SESSION_ENDED, or what AccessTokens throws
   */
  async identify(request: FastifyRequest, bearer: AuthMode): Promise<VerifiedCaller | undefined> {
    if (bearer === 'ignored') return undefined;
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (bearer === 'required') throw new CodedError('UNAUTHENTICATED');
      return undefined;
    }
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new CodedError('UNAUTHENTICATED', { reason: 'scheme' });
    const caller = await this.tokens.verify(token);
    if (await this.revoked.has(caller.sessionId)) throw new CodedError('SESSION_ENDED');
    return caller;
  }
}
