import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A committed event that is not known to be published. The relay deletes published rows. */
@Entity('outbox')
export class OutboxEntity {
  /** A bigint as text. For one topic and key, IDs increase in commit order. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  /** Not a UUID column: forwarded events of other producers can have any ID. */
  @Column('text')
  readonly eventId!: string;

  @Column('text')
  readonly topic!: string;

  @Column('text')
  readonly key!: string;

  @Column('text')
  readonly type!: string;

  @Column('text')
  readonly source!: string;

  @Column('timestamptz')
  readonly time!: Date;

  @Column('text', { nullable: true })
  readonly traceparent!: string | null;

  @Column('bytea')
  readonly payload!: Buffer;

  /** Additional attributes of retry and dead-letter messages, such as the error code. */
  @Column('jsonb', { nullable: true })
  readonly extensions!: Record<string, string> | null;

  /** Not `time`: a forwarded event can be old. */
  @Column('timestamptz', { default: () => 'now()' })
  readonly addedAt!: Date;
}
