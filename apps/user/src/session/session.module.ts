import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { SigningKeyModule } from '../signing-key/signing-key.module.js';
import { AccessTokens } from './access-tokens.js';
import { CreateSession } from './create-session.service.js';
import { EndedSessions } from './ended-sessions.js';
import { RefreshSession } from './refresh-session.service.js';
import { SessionAnswers } from './session-answers.js';
import { SessionController } from './session.controller.js';
import { SessionEntity } from './session.entity.js';
import { SessionRepository } from './session.repository.js';

@Module({})
export class SessionModule {
  /** @param accounts where accounts and passwords are looked up: the one AccountModule of the process */
  static with(accounts: DynamicModule): DynamicModule {
    return {
      module: SessionModule,
      imports: [TypeOrmModule.forFeature([SessionEntity]), accounts, ProfileModule, SigningKeyModule],
      controllers: [SessionController],
      providers: [SessionRepository, AccessTokens, SessionAnswers, CreateSession, RefreshSession, EndedSessions],
    };
  }
}
