import { API_KEY, CodedError } from '@viernes/contracts';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../limits/address-key.js';
import type { AuthMode } from '../routes/operation.js';
import type { VerifiedCaller } from '../routes/fastify-augmentation.js';
import type { AccessTokenVerifier } from './access-token-verifier.js';
import type { ApiKeyVerifier } from './api-key-verifier.js';
import type { RevokedSessions } from './revoked-sessions.js';

/** Identifies the caller of a request by its access token or API key. */
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokenVerifier,
    private readonly apiKeys: ApiKeyVerifier,
    private readonly revoked: RevokedSessions,
  ) {}

  /**
   * @returns undefined if the operation does not require a caller and the request has neither
   * @throws CodedError UNAUTHENTICATED, SESSION_ENDED, or any error of AccessTokenVerifier.verify and ApiKeyVerifier.verify
   */
  async identify(request: FastifyRequest, auth: AuthMode): Promise<VerifiedCaller | undefined> {
    if (auth === 'none') return undefined;
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (auth === 'required') throw new CodedError('UNAUTHENTICATED');
      return undefined;
    }
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new CodedError('UNAUTHENTICATED', { reason: 'scheme' });
    const isApiKey = token.startsWith(API_KEY.start);
    const caller = isApiKey
      ? await this.apiKeys.verify(token, addressKey(request.ip))
      : await this.tokens.verify(token);
    if (await this.revoked.has(caller.sessionId)) throw new CodedError(isApiKey ? 'UNAUTHENTICATED' : 'SESSION_ENDED');
    return caller;
  }
}
