import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * An event that a consumer has not applied yet: it failed and waits for its next try, or it waits behind one of its key
 * that did (ADR 6). The row decides; the message on the retry topic only tells when to look.
 */
@Entity('pending_retry')
@Index('pending_retry_event', ['consumer', 'eventId'], { unique: true })
@Index('pending_retry_key', ['consumer', 'originTopic', 'key', 'id'])
export class PendingRetryEntity {
  /** A bigint as text. For one consumer and key, the order in which they are applied. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  consumer!: string;

  @Column('text')
  eventId!: string;

  @Column('text')
  originTopic!: string;

  @Column('int')
  originPartition!: number;

  /** A bigint as text. */
  @Column('bigint')
  originOffset!: string;

  @Column('text')
  key!: string;

  @Column('text')
  type!: string;

  @Column('text')
  source!: string;

  @Column('timestamptz')
  time!: Date;

  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('bytea')
  payload!: Buffer;

  /** Tries that failed and count against its limit: 0 while it only waits behind another. */
  @Column('int')
  attempts!: number;

  /** When its next try is due; null while it waits behind another. */
  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  firstFailedAt!: Date | null;
}
