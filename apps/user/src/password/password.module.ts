import { Module } from '@nestjs/common';
import { AccountLockModule } from '../account-lock/account-lock.module.js';
import { AccountModule } from '../account/account.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { MailRequestModule } from '../mail-request/mail-request.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { ChangePassword } from './change-password.service.js';
import { PasswordController } from './password.controller.js';
import { RequestedMails } from './requested-mails.js';
import { ResetPassword } from './reset-password.service.js';

@Module({
  imports: [AccountLockModule, AccountModule, MailLinkModule, MailRequestModule, SecurityEventModule, SessionModule],
  controllers: [PasswordController],
  providers: [RequestedMails, ResetPassword, ChangePassword],
})
export class PasswordModule {}
