import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import { INITIAL_ACCOUNTS, type InitialAccount, type InitialAccountConfig } from './initial-account.config.js';
import { InitialAccountEntity } from './initial-account.entity.js';
import { InitialAccounts } from './initial-accounts.js';

@Module({})
export class InitialAccountModule {
  static forRoot(config: InitialAccountConfig): DynamicModule {
    return {
      module: InitialAccountModule,
      imports: [AccountModule, TypeOrmModule.forFeature([InitialAccountEntity])],
      providers: [InitialAccounts, { provide: INITIAL_ACCOUNTS, useValue: listAccounts(config) }],
    };
  }
}

function listAccounts(config: InitialAccountConfig): InitialAccount[] {
  const accountIfSet = (role: InitialAccount['role'], email?: string, password?: string): InitialAccount[] =>
    email !== undefined && password !== undefined ? [{ role, email, password }] : [];
  return [
    ...accountIfSet('editor', config.EDITOR_EMAIL, config.EDITOR_PASSWORD),
    ...accountIfSet('admin', config.ADMIN_EMAIL, config.ADMIN_PASSWORD),
  ];
}
