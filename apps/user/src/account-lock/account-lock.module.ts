import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailRequestModule } from '../mail-request/mail-request.module.js';
import { AccountLocks } from './account-locks.js';
import { PasswordFailureEntity } from './password-failure.entity.js';
import { PasswordFailureRepository } from './password-failure.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([PasswordFailureEntity]), MailRequestModule],
  providers: [AccountLocks, PasswordFailureRepository],
  exports: [AccountLocks],
})
export class AccountLockModule {}
