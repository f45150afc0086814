import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { SessionModule } from '../session/session.module.js';
import { ChangePassword } from './change-password.service.js';
import { PasswordResetMails } from './password-reset-mails.js';
import { PasswordResetRequestEntity } from './password-reset-request.entity.js';
import { PasswordResetRequestRepository } from './password-reset-request.repository.js';
import { PasswordController } from './password.controller.js';
import { ResetPassword } from './reset-password.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([PasswordResetRequestEntity]), AccountModule, MailLinkModule, SessionModule],
  controllers: [PasswordController],
  providers: [PasswordResetRequestRepository, PasswordResetMails, ResetPassword, ChangePassword],
})
export class PasswordModule {}
