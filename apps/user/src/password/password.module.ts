import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountLockModule } from '../account-lock/account-lock.module.js';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { MailRequestModule } from '../mail-request/mail-request.module.js';
import { PasskeyEntity } from '../passkey/passkey.entity.js';
import { PasskeyRepository } from '../passkey/passkey.repository.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { ChangePassword } from './change-password.service.js';
import { PasswordController } from './password.controller.js';
import { RequestedMails } from './requested-mails.js';
import { ResetPassword } from './reset-password.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([PasskeyEntity]),
    AccountLockModule,
    AccountModule,
    ApiKeyModule,
    MailLinkModule,
    MailRequestModule,
    SecurityEventModule,
    SessionModule,
  ],
  controllers: [PasswordController],
  providers: [PasskeyRepository, RequestedMails, ResetPassword, ChangePassword],
})
export class PasswordModule {}
