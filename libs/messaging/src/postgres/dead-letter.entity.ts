import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Parked: a person decides. Redriven: it was given to its consumer again. Dropped: it will never be. */
export type DeadLetterState = 'parked' | 'redriven' | 'dropped';

/**
 * An event that a consumer gave up on, and why. Written in the transaction that makes the consumer go on (its inbox row)
 * and that sends the same to the dead-letter topic by the outbox: the three agree.
 */
@Entity('dead_letter')
@Index('dead_letter_event', ['consumer', 'eventId'], { unique: true })
@Index('dead_letter_state', ['state', 'parkedAt', 'id'])
@Check('dead_letter_state_known', `state IN ('parked', 'redriven', 'dropped')`)
export class DeadLetterEntity {
  /** Stays the same when a redriven event fails again. */
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  consumer!: string;

  /** Where the event had no id of its own: `<topic>/<partition>/<offset>`. */
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

  /** A code of the error table, or the class of the error. */
  @Column('text')
  errorCode!: string;

  /** At most 1000 characters. */
  @Column('text')
  errorMessage!: string;

  /** 16 hexadecimal digits, equal for equal faults. */
  @Column('text')
  stackHash!: string;

  @Column('int')
  attempts!: number;

  @Column('text', { default: 'parked' })
  state!: DeadLetterState;

  @Column('timestamptz')
  firstFailedAt!: Date;

  /** Its last failure. */
  @Column('timestamptz')
  parkedAt!: Date;

  /** When it was redriven or dropped; null while parked. */
  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;
}
