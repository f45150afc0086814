import { Module } from '@nestjs/common';
import { WebhookStoreModule } from '../webhook/webhook.module.js';
import { AnonymizeChanges } from './anonymize-changes.handler.js';
import { ChangeController } from './change.controller.js';
import { ChangeRepository } from './change.repository.js';

@Module({
  imports: [WebhookStoreModule],
  controllers: [ChangeController],
  providers: [ChangeRepository, AnonymizeChanges],
  exports: [ChangeRepository],
})
export class ChangeModule {}
