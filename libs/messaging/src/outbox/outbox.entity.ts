import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EventColumns } from '../store/stored-event.js';

/** A committed event that is not known to be published. The relay deletes published rows. */
@Entity('outbox')
export class OutboxEntity extends EventColumns {
  /** A bigint as text. For one topic and key, IDs increase in commit order. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column('text')
  readonly topic!: string;

  /** Additional attributes of retry and dead-letter messages, such as the error code. */
  @Column('jsonb', { nullable: true })
  readonly extensions!: Record<string, string> | null;

  /** Not `time`: a forwarded event can be old. */
  @Column('timestamptz', { default: () => 'now()' })
  readonly addedAt!: Date;
}
