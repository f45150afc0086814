import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An event that is committed and not yet known to be on the broker. Rows leave when they are published. */
@Entity('outbox')
export class OutboxEntity {
  /** A bigint, which JavaScript holds as text. For one topic and key it grows in commit order. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  eventId!: string;

  @Column('text')
  topic!: string;

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

  /** Attributes beside those of CloudEvents, as a dead letter's reason. */
  @Column('jsonb', { nullable: true })
  extensions!: Record<string, string> | null;

  @Column('timestamptz', { default: () => 'now()' })
  addedAt!: Date;
}
