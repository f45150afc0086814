import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, parseRequest, requireCaller } from '@viernes/platform';
import { CreateSession } from './create-session.service.js';
import { RefreshSession } from './refresh-session.service.js';
import { SessionAnswers } from './session-answers.js';
import { SessionRepository } from './session.repository.js';
import { credentials, refresh, revocation } from './session.requests.js';

@Controller()
export class SessionController {
  constructor(
    private readonly create: CreateSession,
    private readonly renew: RefreshSession,
    private readonly sessions: SessionRepository,
    private readonly answers: SessionAnswers,
  ) {}

  @GrpcMethod('UserService', 'createSession')
  @Access('public')
  async createSession(request: userV1.CreateSessionRequest): Promise<userV1.CreateSessionResponse> {
    const { session, refreshToken } = await this.create.run(parseRequest(credentials, request));
    return { session: await this.answers.of(session, refreshToken) };
  }

  @GrpcMethod('UserService', 'refreshSession')
  @Access('public')
  async refreshSession(request: userV1.RefreshSessionRequest): Promise<userV1.RefreshSessionResponse> {
    const { session, refreshToken } = await this.renew.run(parseRequest(refresh, request).refreshToken);
    return { session: await this.answers.of(session, refreshToken) };
  }

  @GrpcMethod('UserService', 'revokeSession')
  @Access('account')
  async revokeSession(request: userV1.RevokeSessionRequest): Promise<userV1.RevokeSessionResponse> {
    const caller = requireCaller();
    const { sessionId } = parseRequest(revocation, request);
    await this.sessions.end(sessionId || caller.sessionId, caller.accountId);
    return {};
  }
}
