import { Injectable } from '@nestjs/common';
import {
  AccountChangesAnonymizedV1,
  AccountDataDeletedV1,
  type catalogEventsV1,
  type videoEventsV1,
} from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { FinishDeletion } from './finish-deletion.service.js';

const DeletionResponse = z.object({ accountId: uuid });

@Injectable()
@EventConsumer()
export class RecordVideoDeletion implements EventHandler<videoEventsV1.AccountDataDeleted> {
  readonly consumer = 'user.record-video-deletion';
  readonly event = AccountDataDeletedV1;
  /** One transaction per event, because the handler of the other responses updates the same rows. */
  readonly transaction = 'event';

  constructor(private readonly finish: FinishDeletion) {}

  async handle(tx: Transaction, { data }: Received<videoEventsV1.AccountDataDeleted>): Promise<void> {
    await this.finish.run(tx, parseRequest(DeletionResponse, data).accountId, 'video');
  }
}

@Injectable()
@EventConsumer()
export class RecordCatalogDeletion implements EventHandler<catalogEventsV1.AccountChangesAnonymized> {
  readonly consumer = 'user.record-catalog-deletion';
  readonly event = AccountChangesAnonymizedV1;
  readonly transaction = 'event';

  constructor(private readonly finish: FinishDeletion) {}

  async handle(tx: Transaction, { data }: Received<catalogEventsV1.AccountChangesAnonymized>): Promise<void> {
    await this.finish.run(tx, parseRequest(DeletionResponse, data).accountId, 'catalog');
  }
}
