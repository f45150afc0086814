import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { RowCleanups, type Transaction } from '@viernes/database';
import { PageCursor, timestamp, uuid, type Page } from '@viernes/platform';
import { z } from 'zod';
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js';

/** Deliveries are stored for this time, including those that wait because their webhook is disabled. */
const RETENTION_DAYS = 30;

/** Contains the creation time and the ID of a delivery. */
const CURSOR = new PageCursor('webhook-deliveries', z.tuple([timestamp, uuid]));

/** The deliveries of webhooks. Callers check the ownership of webhooks. */
@Injectable()
export class WebhookDeliveryRepository {
  constructor(cleanups: RowCleanups) {
    const where = `created_at < now() - make_interval(days => ${RETENTION_DAYS})`;
    cleanups.add({ table: 'webhook_delivery', key: 'id', where, orderBy: 'created_at' });
  }

  /** Adds a delivery to one webhook. */
  async insert(tx: Transaction, webhookId: string, type: string, payload: string): Promise<WebhookDeliveryEntity> {
    const id = randomUUID();
    await tx.insert(WebhookDeliveryEntity, { id, webhookId, eventId: id, type, payload });
    return this.get(tx, webhookId, id);
  }

  /** Adds a delivery of an event to each enabled webhook that subscribes to its type and does not have one yet. */
  async insertForSubscribers(tx: Transaction, eventId: string, type: string, payload: string): Promise<void> {
    // Raw SQL: the query builder has no INSERT of a SELECT.
    await tx.query(
      `INSERT INTO webhook_delivery (id, webhook_id, event_id, type, payload)
       SELECT gen_random_uuid(), id, $1, $2, $3 FROM webhook WHERE is_enabled AND $2 = ANY(event_types)
       ON CONFLICT (webhook_id, event_id) DO NOTHING`,
      [eventId, type, payload],
    );
  }

  /** Lists the deliveries of a webhook, newest first. @throws CodedError CURSOR_INVALID */
  async list(
    tx: Transaction,
    webhookId: string,
    cursor: string,
    pageSize: number,
  ): Promise<Page<WebhookDeliveryEntity>> {
    const [createdAt, id] = CURSOR.decode(cursor) ?? [];
    const query = tx
      .createQueryBuilder(WebhookDeliveryEntity, 'delivery')
      .where({ webhookId })
      .orderBy({ 'delivery.createdAt': 'DESC', 'delivery.id': 'DESC' })
      .limit(pageSize + 1);
    if (createdAt) query.andWhere('(delivery.createdAt, delivery.id) < (:createdAt, :id)', { createdAt, id });
    return CURSOR.toPage(await query.getMany(), pageSize, (last) => [last.createdAt, last.id]);
  }

  /** @throws CodedError WEBHOOK_DELIVERY_NOT_FOUND */
  async get(tx: Transaction, webhookId: string, id: string): Promise<WebhookDeliveryEntity> {
    const delivery = await tx.findOneBy(WebhookDeliveryEntity, { id, webhookId });
    if (!delivery) throw new CodedError('WEBHOOK_DELIVERY_NOT_FOUND', { deliveryId: id });
    return delivery;
  }

  /** Makes a delivery due, with the full number of attempts. Does not change one that a replica is sending. */
  async restart(tx: Transaction, id: string): Promise<void> {
    await tx
      .createQueryBuilder()
      .update(WebhookDeliveryEntity)
      .set({ state: 'pending', attempts: 0, nextAttemptAt: () => 'now()', leaseId: null })
      .where({ id })
      .andWhere('(lease_id IS NULL OR next_attempt_at <= now())')
      .execute();
  }
}
