import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { StoredEvent } from '../store/stored-event.js';

/** A failed event that waits for its next attempt. The row is authoritative. A retry message triggers the attempt. */
@Entity('pending_retry')
@Index('pending_retry_event', ['consumer', 'eventId'], { unique: true })
export class PendingRetryEntity extends StoredEvent {
  /** A bigint as text. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  /** Failed attempts that count toward the limit. */
  @Column('int')
  readonly attempts!: number;

  /** When the next attempt is due. */
  @Column('timestamptz')
  readonly dueAt!: Date;

  @Column('timestamptz')
  readonly firstFailedAt!: Date;
}
