import { Module } from '@nestjs/common';
import { ChangeModule } from '../change/change.module.js';
import { WebhookStoreModule } from '../webhook/webhook.module.js';
import { DeleteAccountData } from './delete-account-data.handler.js';

@Module({ imports: [ChangeModule, WebhookStoreModule], providers: [DeleteAccountData] })
export class AccountDeletionModule {}
