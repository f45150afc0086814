import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import {
  Handles,
  hasSessionHeader,
  Input,
  rejectForgedRequest,
  requireSameOrigin,
  RevokedSessions,
  type InputOf,
  type RateLimits,
  type ResponseOf,
} from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { consumeLimits } from '../gateway/consume-limits.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { toDevice } from './device.js';
import { clearCookies, readRefreshCookie } from './session-cookies.js';
import {
  createSession,
  endOtherSessions,
  endSession,
  endSessionById,
  listSessions,
  refreshSession,
} from './session.operations.js';
import { respondWithSession, type SessionResponse } from './session.response.js';

@Controller()
export class SessionController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
    private readonly revoked: RevokedSessions,
  ) {}

  @Handles(createSession)
  async create(
    @Input(createSession) { body }: InputOf<typeof createSession>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    await consumeLimits(this.limits, request, body.email);
    const { session } = await this.user.createSession(body);
    return respondWithSession(request, reply, required(session, 'session'));
  }

  @Handles(refreshSession)
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    requireSameOrigin(request);
    const cookie = readRefreshCookie(request);
    if (!cookie) {
      clearCookies(request, reply);
      throw new CodedError('UNAUTHENTICATED', { reason: 'no refresh cookie' });
    }
    if (cookie.isCookieSession) rejectForgedRequest(request);
    const { session } = await this.user.refreshSession({ refreshToken: cookie.token }).catch((error: unknown) => {
      // Otherwise, the access token in a cookie would be rejected with each request until it expires.
      if (error instanceof CodedError && error.code === 'SESSION_ENDED') clearCookies(request, reply);
      throw error;
    });
    const isCookieSession = cookie.isCookieSession || hasSessionHeader(request);
    return respondWithSession(request, reply, required(session, 'session'), isCookieSession);
  }

  @Handles(endSession)
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { sessionId } = requireCaller();
    await this.user.revokeSession({ sessionId });
    // Only after the service call, because the client repeats a failed request with the same access token.
    await this.revoked.add(sessionId, request.caller?.tokenLifeSeconds ?? 0);
    clearCookies(request, reply);
  }

  @Handles(listSessions)
  async list(): Promise<ResponseOf<typeof listSessions>> {
    const { sessions } = await this.user.listSessions({});
    return {
      sessions: sessions.map(({ id, isCurrent, userAgent, address, createdAt, lastUsedAt }) => ({
        id,
        isCurrent,
        device: toDevice(userAgent),
        address: address || null,
        createdAt: required(createdAt, 'created_at'),
        lastUsedAt: required(lastUsedAt, 'last_used_at'),
      })),
    };
  }

  @Handles(endSessionById)
  async endById(@Input(endSessionById) { params }: InputOf<typeof endSessionById>): Promise<void> {
    const { endedSessionIds } = await this.user.revokeSession({ sessionId: params.id });
    await this.revoked.addAll(endedSessionIds);
  }

  @Handles(endOtherSessions)
  async endOthers(): Promise<void> {
    const { endedSessionIds } = await this.user.revokeOtherSessions({});
    await this.revoked.addAll(endedSessionIds);
  }
}
