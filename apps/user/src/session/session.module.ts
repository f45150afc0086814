import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import { ProfileModule } from '../profile/profile.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SigningKeyModule } from '../signing-key/signing-key.module.js';
import { AccessTokenIssuer } from './access-token-issuer.js';
import { CreateSession } from './create-session.service.js';
import { EndSessions } from './end-sessions.service.js';
import { RefreshSession } from './refresh-session.service.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import { SessionOpener } from './session-opener.js';
import { SessionResponses } from './session-responses.js';
import { SessionController } from './session.controller.js';
import { SessionEntity } from './session.entity.js';
import { SessionRepository } from './session.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SessionEntity, RefreshTokenEntity]),
    AccountModule,
    ProfileModule,
    SecurityEventModule,
    SigningKeyModule,
  ],
  controllers: [SessionController],
  providers: [
    SessionRepository,
    RefreshTokenRepository,
    AccessTokenIssuer,
    SessionOpener,
    SessionResponses,
    CreateSession,
    RefreshSession,
    EndSessions,
  ],
  exports: [SessionRepository, AccessTokenIssuer, SessionOpener, SessionResponses],
})
export class SessionModule {}
