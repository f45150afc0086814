import { Module } from '@nestjs/common';
import { AccountDataRepository } from './account-data.repository.js';
import { AccountExportController } from './account-export.controller.js';

@Module({ controllers: [AccountExportController], providers: [AccountDataRepository] })
export class AccountExportModule {}
