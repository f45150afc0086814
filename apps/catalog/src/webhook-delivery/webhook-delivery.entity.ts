import type { WebhookDeliveryState, WebhookError } from '@viernes/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { WebhookEntity } from '../webhook/webhook.entity.js';

/** A message to a webhook, and its latest attempt. */
@Entity('webhook_delivery')
@Unique('webhook_delivery_event_unique', ['webhookId', 'eventId'])
@Index('webhook_delivery_due', ['webhookId', 'nextAttemptAt'], { where: `state = 'pending'` })
@Index('webhook_delivery_newest', ['webhookId', 'createdAt', 'id'])
@Index('webhook_delivery_created_at', ['createdAt'])
@Check('webhook_delivery_state_known', `state IN ('pending', 'delivered', 'failed')`)
export class WebhookDeliveryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_delivery_pkey' })
  readonly id!: string;

  @ForeignKey(() => WebhookEntity, { name: 'webhook_delivery_webhook_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly webhookId!: string;

  /** Unique per webhook, so that an event that is handled again adds no delivery. */
  @Column('text')
  readonly eventId!: string;

  @Column('text')
  readonly type!: string;

  /** Stored as text, because the signature covers its bytes, which jsonb does not retain. */
  @Column('text')
  readonly payload!: string;

  @Column('text', { default: 'pending' })
  readonly state!: WebhookDeliveryState;

  /** Attempts since it was created or redelivered. */
  @Column('int', { default: 0 })
  readonly attempts!: number;

  /** Time of the next attempt. While a replica sends the message, the time at which its lease expires. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly nextAttemptAt!: Date;

  /** Identifies the attempt that can store its result. Null while no replica sends the message. */
  @Column('uuid', { nullable: true })
  readonly leaseId!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly lastAttemptAt!: Date | null;

  @Column('int', { nullable: true })
  readonly lastDurationMs!: number | null;

  /** Null without a response. */
  @Column('int', { nullable: true })
  readonly lastStatus!: number | null;

  @Column('text', { nullable: true })
  readonly lastError!: WebhookError | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
