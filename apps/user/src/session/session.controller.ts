import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { CreateSession } from './create-session.service.js';
import { EndSessions } from './end-sessions.service.js';
import { RefreshSession } from './refresh-session.service.js';
import { SessionResponses } from './session-responses.js';
import { SessionRepository } from './session.repository.js';
import { CreateSessionRequest, RefreshSessionRequest, RevokeSessionRequest } from './session.requests.js';

@Controller()
export class SessionController {
  constructor(
    private readonly create: CreateSession,
    private readonly refresh: RefreshSession,
    private readonly end: EndSessions,
    private readonly sessions: SessionRepository,
    private readonly responses: SessionResponses,
  ) {}

  @GrpcMethod('UserService', 'createSession')
  @Access('public')
  @Idempotent(userV1.UserServiceService.createSession, { checksSecret: true })
  async createSession(
    @Payload({ schema: CreateSessionRequest }) request: CreateSessionRequest,
  ): Promise<userV1.CreateSessionResponse> {
    return { session: await this.responses.build(await this.create.run(request)) };
  }

  @GrpcMethod('UserService', 'refreshSession')
  @Access('public')
  async refreshSession(
    @Payload({ schema: RefreshSessionRequest }) request: RefreshSessionRequest,
  ): Promise<userV1.RefreshSessionResponse> {
    return { session: await this.responses.build(await this.refresh.run(request.refreshToken)) };
  }

  @GrpcMethod('UserService', 'revokeSession')
  @Access('account')
  async revokeSession(
    @Payload({ schema: RevokeSessionRequest }) { sessionId }: RevokeSessionRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RevokeSessionResponse> {
    const endedId = sessionId || caller.sessionId;
    if (endedId !== caller.sessionId) assertUnlimitedProfile(caller);
    return { endedSessionIds: await this.end.one(caller, endedId) };
  }

  @GrpcMethod('UserService', 'revokeOtherSessions')
  @Access('household')
  async revokeOtherSessions(@CurrentCaller() caller: Caller): Promise<userV1.RevokeOtherSessionsResponse> {
    return { endedSessionIds: await this.end.others(caller) };
  }

  @GrpcMethod('UserService', 'listSessions')
  @Access('household')
  async listSessions(@CurrentCaller() caller: Caller): Promise<userV1.ListSessionsResponse> {
    const sessions = await this.sessions.list(caller.accountId);
    return {
      sessions: sessions.map(({ id, createdAt, lastUsedAt, address, userAgent }) => ({
        id,
        isCurrent: id === caller.sessionId,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        address: address ?? '',
        userAgent: userAgent ?? '',
      })),
    };
  }
}
