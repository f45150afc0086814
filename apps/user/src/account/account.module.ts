import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { AccountController } from './account.controller.js';
import { AccountEntity } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { CreateAccount } from './create-account.service.js';
import { PasswordHashing } from './password-hashing.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccountEntity]), ProfileModule],
  controllers: [AccountController],
  providers: [AccountRepository, CreateAccount, PasswordHashing],
  exports: [AccountRepository, CreateAccount, PasswordHashing],
})
export class AccountModule {}
