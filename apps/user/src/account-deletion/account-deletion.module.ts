import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountLockModule } from '../account-lock/account-lock.module.js';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { MailLinkModule } from '../mail-link/mail-link.module.js';
import { MailRequestModule } from '../mail-request/mail-request.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { AccountDeletionController } from './account-deletion.controller.js';
import { AccountDeletionEntity } from './account-deletion.entity.js';
import { AccountDeletionRepository } from './account-deletion.repository.js';
import { AccountDeletions } from './account-deletions.js';
import { DeleteAccount } from './delete-account.service.js';
import { FinishDeletion } from './finish-deletion.service.js';
import { RecordCatalogDeletion, RecordVideoDeletion } from './record-responses.handler.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AccountDeletionEntity]),
    AccountLockModule,
    AccountModule,
    ApiKeyModule,
    MailLinkModule,
    MailRequestModule,
    SecurityEventModule,
    SessionModule,
    UsageModule,
  ],
  controllers: [AccountDeletionController],
  providers: [
    AccountDeletionRepository,
    AccountDeletions,
    DeleteAccount,
    FinishDeletion,
    RecordCatalogDeletion,
    RecordVideoDeletion,
  ],
})
export class AccountDeletionModule {}
