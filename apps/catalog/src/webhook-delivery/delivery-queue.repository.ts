import { Injectable } from '@nestjs/common';
import type { WebhookDisabledReason } from '@viernes/contracts';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import { IsNull, Not } from 'typeorm';
import { WebhookEntity } from '../webhook/webhook.entity.js';
import { decideNextStep, type AttemptResult, type NextStep } from './retry-schedule.js';
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js';

/** Other replicas claim a delivery of a killed replica after this time. Longer than any attempt. */
const LEASE_SECONDS = 60;
/** Limit for one webhook in all replicas together, so that a slow endpoint does not delay other webhooks. */
const MAX_CONCURRENT_PER_WEBHOOK = 3;
/** A webhook is disabled when an attempt fails and no attempt has been successful for this time. */
const MAX_FAILING_DAYS = 5;

export interface ClaimedDelivery {
  readonly id: string;
  readonly leaseId: string;
  readonly webhookId: string;
  readonly url: string;
  /** Two during a rotation, the newest first. */
  readonly secrets: readonly Buffer[];
  readonly payload: string;
  /** 1 for the first attempt. */
  readonly attempts: number;
}

export interface Outcome {
  readonly step: NextStep;
  /** Undefined if the attempt did not disable the webhook. */
  readonly disabledReason: WebhookDisabledReason | undefined;
}

/**
 * The due deliveries of all webhooks. The replica that claims one has a lease. Only the latest lease allows storing a result.
 * Uses the clock of the database, because the clocks of replicas differ.
 */
@Injectable()
export class DeliveryQueue {
  constructor(private readonly transactions: Transactions) {}

  /** Claims due deliveries, the most overdue first. Other replicas skip them until the lease expires. */
  async claim(limit: number): Promise<ClaimedDelivery[]> {
    // Raw SQL: the query builder supports neither LATERAL nor UPDATE FROM.
    const [rows] = await this.transactions.run(async (tx) => {
      // Concurrent claims would not count each other's leases.
      await lockInTransaction(tx, 'webhookClaims');
      return tx.query<[ClaimedDelivery[], number]>(
        `WITH due AS (
           SELECT candidate.id FROM webhook w CROSS JOIN LATERAL (
             SELECT d.id, d.next_attempt_at FROM webhook_delivery d
             WHERE d.webhook_id = w.id AND d.state = 'pending' AND d.next_attempt_at <= now()
             ORDER BY d.next_attempt_at
             LIMIT greatest(0, $2 - (SELECT count(*) FROM webhook_delivery leased
               WHERE leased.webhook_id = w.id AND leased.state = 'pending' AND leased.next_attempt_at > now()
                 AND leased.lease_id IS NOT NULL))
             FOR UPDATE SKIP LOCKED) candidate
           WHERE w.is_enabled ORDER BY candidate.next_attempt_at LIMIT $1)
         UPDATE webhook_delivery d SET attempts = d.attempts + 1, lease_id = gen_random_uuid(), last_attempt_at = now(),
           next_attempt_at = now() + make_interval(secs => $3)
         FROM due, webhook w WHERE d.id = due.id AND w.id = d.webhook_id
         RETURNING d.id, d.lease_id AS "leaseId", d.webhook_id AS "webhookId", w.url, d.payload, d.attempts,
           CASE WHEN w.previous_secret_expires_at > now() THEN ARRAY[w.secret, w.previous_secret]
             ELSE ARRAY[w.secret] END AS secrets`,
        [limit, MAX_CONCURRENT_PER_WEBHOOK, LEASE_SECONDS],
      );
    });
    return rows;
  }

  /**
   * Stores the result of an attempt, and disables the webhook if it is gone or has been failing for days.
   *
   * @returns undefined if the lease has expired and another attempt has begun, or the delivery was deleted
   */
  async complete(delivery: ClaimedDelivery, result: AttemptResult): Promise<Outcome | undefined> {
    const { id, leaseId, webhookId, attempts } = delivery;
    const step = decideNextStep(result, attempts);
    return this.transactions.run(async (tx) => {
      // Locks the webhook before the delivery, as a deletion does, to avoid deadlocks.
      await tx.findOne(WebhookEntity, {
        select: { id: true },
        where: { id: webhookId },
        lock: { mode: 'for_no_key_update' },
      });
      const { affected } = await tx
        .createQueryBuilder()
        .update(WebhookDeliveryEntity)
        .set({
          state: step.state,
          leaseId: null,
          lastStatus: result.status ?? null,
          lastError: result.error ?? null,
          lastDurationMs: result.durationMs,
          nextAttemptAt: () => 'now() + make_interval(secs => :delaySeconds)',
        })
        .where({ id, leaseId })
        .setParameters({ delaySeconds: step.state === 'pending' ? step.delayMs / 1_000 : 0 })
        .execute();
      return affected === 1 ? { step, disabledReason: await this.recordHealth(tx, webhookId, step) } : undefined;
    });
  }

  /** Returns a delivery whose attempt was aborted to the queue. The attempt does not count. */
  async release({ id, leaseId }: ClaimedDelivery): Promise<void> {
    await this.transactions.run((tx) =>
      tx.update(
        WebhookDeliveryEntity,
        { id, leaseId },
        { leaseId: null, attempts: () => 'attempts - 1', nextAttemptAt: () => 'now()' },
      ),
    );
  }

  private async recordHealth(
    tx: Transaction,
    webhookId: string,
    step: NextStep,
  ): Promise<WebhookDisabledReason | undefined> {
    if (step.state === 'delivered') {
      await tx.update(WebhookEntity, { id: webhookId, failingSince: Not(IsNull()) }, { failingSince: null });
      return undefined;
    }
    // Raw SQL: the new values depend on each other.
    const [rows] = await tx.query<[{ reason: WebhookDisabledReason | null }[], number]>(
      `UPDATE webhook SET failing_since = coalesce(failing_since, now()), is_enabled = reason IS NULL,
         disabled_reason = reason
       FROM (SELECT id AS webhook_id, CASE WHEN $2 THEN 'gone'
               WHEN failing_since < now() - make_interval(days => $3) THEN 'failing' END AS reason
             FROM webhook WHERE id = $1 AND is_enabled FOR UPDATE) health
       WHERE id = webhook_id RETURNING reason`,
      [webhookId, step.state === 'failed' && step.isGone, MAX_FAILING_DAYS],
    );
    return rows[0]?.reason ?? undefined;
  }
}
