import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { AccountDataRepository } from './account-data.repository.js';
import { AccountExportController } from './account-export.controller.js';

@Module({
  imports: [AccountModule, ApiKeyModule],
  controllers: [AccountExportController],
  providers: [AccountDataRepository],
})
export class AccountExportModule {}
