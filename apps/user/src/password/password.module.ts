import { Module } from '@nestjs/common';
import { AccountLockModule } from '../account-lock/account-lock.module.js';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { ProviderAuthorizationModule } from '../identity/identity.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { MailRequestModule } from '../mail-request/mail-request.module.js';
import { PasskeyStoreModule } from '../passkey/passkey.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { ChangePassword } from './change-password.service.js';
import { PasswordController } from './password.controller.js';
import { ReplacePassword } from './replace-password.js';
import { MailRequestProcessor } from './mail-request-processor.js';
import { ResetPassword } from './reset-password.service.js';

@Module({
  imports: [
    AccountLockModule,
    AccountModule,
    ApiKeyModule,
    MailLinkModule,
    MailRequestModule,
    PasskeyStoreModule,
    ProviderAuthorizationModule,
    SecurityEventModule,
    SessionModule,
  ],
  controllers: [PasswordController],
  providers: [MailRequestProcessor, ReplacePassword, ResetPassword, ChangePassword],
})
export class PasswordModule {}
