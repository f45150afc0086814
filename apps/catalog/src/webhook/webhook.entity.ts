import type { WebhookDisabledReason, WebhookEventType } from '@viernes/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('webhook')
@Index('webhook_account', ['accountId'])
@Check('webhook_disabled_reason_known', `disabled_reason IN ('gone', 'failing', 'role')`)
export class WebhookEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly accountId!: string;

  @Column('text')
  readonly url!: string;

  /** Not checked by the database: a type that is removed from the code must not prevent a migration. */
  @Column('text', { array: true })
  readonly eventTypes!: WebhookEventType[];

  /** Not hashed, because the service signs with it. */
  @Column('bytea')
  readonly secret!: Buffer;

  @Column('bytea', { nullable: true })
  readonly previousSecret!: Buffer | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly previousSecretExpiresAt!: Date | null;

  @Column('boolean', { default: true })
  readonly isEnabled!: boolean;

  /** Null if the service has not disabled it. */
  @Column('text', { nullable: true })
  readonly disabledReason!: WebhookDisabledReason | null;

  /** Time of the first failed attempt since the last successful one, or since the owner enabled the webhook. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly failingSince!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
