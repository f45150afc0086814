import { Module } from '@nestjs/common';
import { WebhookStoreModule } from '../webhook/webhook.module.js';
import { AccountExportController } from './account-export.controller.js';

@Module({ imports: [WebhookStoreModule], controllers: [AccountExportController] })
export class AccountExportModule {}
