import { Injectable } from '@nestjs/common';
import { RoleChangedV1, type userEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { hasRole, parseRequest, ROLES, uuid } from '@viernes/platform';
import { z } from 'zod';
import { WebhookRepository } from './webhook.repository.js';

const Change = z.object({ accountId: uuid, role: z.enum(ROLES) });

/** Disables the webhooks of accounts that are no longer editors. An account that is an editor again can enable them. */
@Injectable()
@EventConsumer()
export class DisableWebhooks implements EventHandler<userEventsV1.RoleChanged> {
  readonly consumer = 'catalog.disable-webhooks';
  readonly event = RoleChangedV1;

  constructor(private readonly webhooks: WebhookRepository) {}

  async handle(tx: Transaction, { data }: Received<userEventsV1.RoleChanged>): Promise<void> {
    const { accountId, role } = parseRequest(Change, data);
    if (!hasRole(role, 'editor')) await this.webhooks.disableOfAccount(tx, accountId);
  }
}
