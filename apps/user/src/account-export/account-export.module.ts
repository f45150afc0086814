import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { AccountDataRepository } from './account-data.repository.js';
import { AccountExportController } from './account-export.controller.js';
import { ExportAccount } from './export-account.service.js';

@Module({
  imports: [AccountModule, ApiKeyModule, SecurityEventModule],
  controllers: [AccountExportController],
  providers: [AccountDataRepository, ExportAccount],
})
export class AccountExportModule {}
