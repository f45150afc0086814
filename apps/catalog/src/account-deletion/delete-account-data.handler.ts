import { Injectable } from '@nestjs/common';
import { AccountChangesAnonymizedV1, AccountDeletionRequestedV1, type userEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, Outbox, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { ChangeRepository } from '../change/change.repository.js';
import { WebhookRepository } from '../webhook/webhook.repository.js';

const AccountDeletionRequested = z.object({ accountId: uuid });

/**
 * Deletes the webhooks of an account, and removes the account from the history of changes. The titles that it created
 * belong to the catalog and remain.
 */
@Injectable()
@EventConsumer()
export class DeleteAccountData implements EventHandler<userEventsV1.AccountDeletionRequested> {
  readonly consumer = 'catalog.delete-account-data';
  readonly event = AccountDeletionRequestedV1;
  /** One transaction per event, because an account can have many rows. */
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
