import { API_KEY, CodedError } from '@viernes/contracts';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../limits/address-key.js';
import type { AuthMode } from '../routes/operation.js';
import type { VerifiedCaller } from '../routes/fastify-augmentation.js';
import type { AccessTokenVerifier } from './access-token-verifier.js';
import type { ApiKeyVerifier } from './api-key-verifier.js';
import { rejectForgedRequest } from './forged-requests.js';
import { invalidCredentials } from './invalid-credentials.js';
import type { RevokedSessions } from './revoked-sessions.js';
import { readSessionCookie } from './session-cookie.js';

/** Identifies the caller of a request by its access token, which a header or a cookie contains, or by its API key. */
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokenVerifier,
    private readonly apiKeys: ApiKeyVerifier,
    private readonly revoked: RevokedSessions,
  ) {}

  /**
   * @returns undefined if the operation ignores credentials, or if the request has none and the operation requires none
   * @throws CodedError UNAUTHENTICATED, SESSION_ENDED, CSRF_REJECTED, or any error of AccessTokenVerifier.verify and
   *   ApiKeyVerifier.verify
   */
  async identify(request: FastifyRequest, auth: AuthMode): Promise<VerifiedCaller | undefined> {
    if (auth === 'none') return undefined;
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.identifyByHeader(authorization, request);
    const cookie = readSessionCookie(request);
    if (cookie !== undefined) {
      rejectForgedRequest(request);
      return this.identifyByToken(cookie);
    }
    if (auth === 'required') throw new CodedError('UNAUTHENTICATED');
    return undefined;
  }

  /** Returns which of the sessions and API keys of open connections were revoked. */
  findRevoked(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.revoked.find(sessionIds);
  }

  /** @throws CodedError SESSION_ENDED, or UNAUTHENTICATED for an API key, if it was revoked */
  async requireNotRevoked({ sessionId, apiKeyId }: Pick<VerifiedCaller, 'sessionId' | 'apiKeyId'>): Promise<void> {
    if (!(await this.revoked.has(sessionId))) return;
    throw apiKeyId === undefined ? new CodedError('SESSION_ENDED') : invalidCredentials('apiKey');
  }

  private async identifyByHeader(authorization: string, { ip }: FastifyRequest): Promise<VerifiedCaller> {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new CodedError('UNAUTHENTICATED', {}, { fieldErrors: [{ path: 'authorization', reason: 'pattern' }] });
    }
    if (!token.startsWith(API_KEY.start)) return this.identifyByToken(token);
    const caller = await this.apiKeys.verify(token, addressKey(ip));
    await this.requireNotRevoked(caller);
    return caller;
  }

  private async identifyByToken(token: string): Promise<VerifiedCaller> {
    const caller = await this.tokens.verify(token);
    await this.requireNotRevoked(caller);
    return caller;
  }
}
