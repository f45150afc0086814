import { Injectable } from '@nestjs/common';
import { AccountChangesAnonymizedV1, AccountDeletionRequestedV1, type userEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, Outbox, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { WebhookRepository } from '../webhook/webhook.repository.js';
import { ChangeRepository } from './change.repository.js';

const AccountDeletionRequested = z.object({ accountId: uuid });

/**
 * Removes an account that is deleted from the history of changes, and deletes its webhooks. Its titles belong to the
 * catalog and stay.
 */
@Injectable()
@EventConsumer()
export class AnonymizeChanges implements EventHandler<userEventsV1.AccountDeletionRequested> {
  readonly consumer = 'catalog.anonymize-changes';
  readonly event = AccountDeletionRequestedV1;
  readonly transaction = 'event';

  constructor(
    private readonly changes: ChangeRepository,
    private readonly webhooks: WebhookRepository,
    private readonly outbox: Outbox,
  ) {}

  async handle(tx: Transaction, { data }: Received<userEventsV1.AccountDeletionRequested>): Promise<void> {
    const { accountId } = parseRequest(AccountDeletionRequested, data);
    await this.changes.anonymize(tx, accountId);
    await this.webhooks.deleteOfAccount(tx, accountId);
    await this.outbox.add(tx, AccountChangesAnonymizedV1, { accountId });
  }
}
