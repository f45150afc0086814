import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountLockModule } from '../account-lock/account-lock.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { ProfileModule } from '../profile/profile.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { AccountController } from './account.controller.js';
import { AccountEntity } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { ChangeEmail } from './change-email.service.js';
import { CheckPassword } from './check-password.service.js';
import { CreateAccount } from './create-account.service.js';
import { PasswordHashing } from './password-hashing.js';
import { RequestEmailVerification } from './request-email-verification.service.js';
import { VerifyEmail } from './verify-email.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AccountEntity]),
    AccountLockModule,
    MailLinkModule,
    ProfileModule,
    SecurityEventModule,
  ],
  controllers: [AccountController],
  providers: [
    AccountRepository,
    CreateAccount,
    PasswordHashing,
    CheckPassword,
    ChangeEmail,
    RequestEmailVerification,
    VerifyEmail,
  ],
  exports: [AccountRepository, CheckPassword, CreateAccount, PasswordHashing],
})
export class AccountModule {}
