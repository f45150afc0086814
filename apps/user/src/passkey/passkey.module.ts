import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import type { MailConfig } from '../mail/mail.config.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { FinishPasskeyRegistration } from './finish-passkey-registration.service.js';
import { FinishPasskeySignIn } from './finish-passkey-sign-in.service.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';
import { PasskeyChallengeRepository } from './passkey-challenge.repository.js';
import { PasskeyController } from './passkey.controller.js';
import { PasskeyEntity } from './passkey.entity.js';
import { PasskeyRepository } from './passkey.repository.js';
import { RelyingParty } from './relying-party.js';
import { RemovePasskey } from './remove-passkey.service.js';
import { StartPasskeyRegistration } from './start-passkey-registration.service.js';

/** Provides passkeys and challenges to other features, without the settings of the relying party. */
@Module({
  imports: [TypeOrmModule.forFeature([PasskeyEntity, PasskeyChallengeEntity])],
  providers: [PasskeyRepository, PasskeyChallengeRepository],
  exports: [PasskeyRepository, PasskeyChallengeRepository],
})
export class PasskeyStoreModule {}

@Module({})
export class PasskeyModule {
  static forRoot({ WEB_URL }: Pick<MailConfig, 'WEB_URL'>): DynamicModule {
    return {
      module: PasskeyModule,
      imports: [PasskeyStoreModule, AccountModule, SecurityEventModule, SessionModule],
      controllers: [PasskeyController],
      providers: [
        { provide: RelyingParty, useValue: new RelyingParty(WEB_URL) },
        StartPasskeyRegistration,
        FinishPasskeyRegistration,
        FinishPasskeySignIn,
        RemovePasskey,
      ],
    };
  }
}
