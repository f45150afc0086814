import { SECURITY_EVENT_KINDS, type SecurityEventKind } from '@viernes/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An entry of the audit log. */
@Entity('security_event')
@Index('security_event_account', ['accountId', 'id'])
@Index('security_event_occurred_at', ['occurredAt'])
@Index('security_event_actor', ['actorId'], { where: 'actor_id IS NOT NULL' })
@Index('security_event_without_account', ['occurredAt'], { where: 'account_id IS NULL' })
@Check('security_event_kind_known', `kind IN (${SECURITY_EVENT_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
export class SecurityEventEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'security_event_pkey',
  })
  readonly id!: string;

  /**
   * Null for an email without an account. Refers to the table by name, because an import of AccountEntity would create a
   * cycle between the features.
   */
  @ForeignKey('account', { name: 'security_event_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  readonly accountId!: string | null;

  @Column('text')
  readonly kind!: SecurityEventKind;

  /** The admin who made the change, or DELETED_ACCOUNT if that account was deleted. Null if the owner made it. */
  @Column('uuid', { nullable: true })
  readonly actorId!: string | null;

  @Column('uuid', { nullable: true })
  readonly sessionId!: string | null;

  @Column('text', { nullable: true })
  readonly address!: string | null;

  @Column('text', { nullable: true })
  readonly userAgent!: string | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly occurredAt!: Date;
}
