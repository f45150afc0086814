import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { WebhookEntity } from './webhook.entity.js';

type NewWebhook = Pick<WebhookEntity, 'id' | 'accountId' | 'url' | 'eventTypes' | 'secret'>;
type WebhookChanges = Partial<Pick<WebhookEntity, 'url' | 'eventTypes' | 'isEnabled'>>;

/** Methods with a caller find only the webhooks of the caller's account. */
@Injectable()
export class WebhookRepository {
  /** Runs the requests of an account one after the other, so that they neither exceed the limit nor mix their changes. */
  async lockAccount(tx: Transaction, { accountId }: Caller): Promise<void> {
    await lockInTransaction(tx, 'accountWebhooks', accountId);
  }

  /** Lists the webhooks of the caller, oldest first. */
  async list(tx: Transaction, { accountId }: Caller): Promise<WebhookEntity[]> {
    return tx.find(WebhookEntity, { where: { accountId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws CodedError WEBHOOK_NOT_FOUND */
  async get(tx: Transaction, { accountId }: Caller, id: string): Promise<WebhookEntity> {
    const webhook = await tx.findOneBy(WebhookEntity, { id, accountId });
    if (!webhook) throw new CodedError('WEBHOOK_NOT_FOUND', { webhookId: id });
    return webhook;
  }

  async insert(tx: Transaction, webhook: NewWebhook): Promise<void> {
    await tx.insert(WebhookEntity, webhook);
  }

  /** Changes a webhook. Enabling or disabling it also clears its failures. */
  async update(tx: Transaction, id: string, changes: WebhookChanges): Promise<void> {
    const reset = changes.isEnabled === undefined ? {} : { disabledReason: null, failingSince: null };
    const all = { ...changes, ...reset };
    if (Object.keys(all).length > 0) await tx.update(WebhookEntity, { id }, all);
  }

  /** Replaces the secret. Deliveries are signed with both for the overlap. */
  async replaceSecret(tx: Transaction, id: string, secret: Buffer, overlapHours: number): Promise<void> {
    await tx
      .createQueryBuilder()
      .update(WebhookEntity)
      .set({
        previousSecret: () => 'secret',
        previousSecretExpiresAt: () => 'now() + make_interval(hours => :overlapHours)',
        secret,
      })
      .where({ id })
      .setParameters({ overlapHours })
      .execute();
  }

  /** Deletes a webhook with its deliveries. @throws CodedError WEBHOOK_NOT_FOUND */
  async delete(tx: Transaction, { accountId }: Caller, id: string): Promise<void> {
    const { affected } = await tx.delete(WebhookEntity, { id, accountId });
    if (affected === 0) throw new CodedError('WEBHOOK_NOT_FOUND', { webhookId: id });
  }

  /** Disables the webhooks of an account that can no longer manage them. Their unsent deliveries remain. */
  async disableOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.update(WebhookEntity, { accountId, isEnabled: true }, { isEnabled: false, disabledReason: 'role' });
  }

  /** Deletes the webhooks of an account that is deleted. */
  async deleteOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(WebhookEntity, { accountId });
  }
}
