import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { StoredEvent } from '../store/stored-event.js';

/** Parked: an operator must decide. Redriven: a retry was scheduled, or a rebuild applied it. Dropped: never applied. */
export type DeadLetterState = 'parked' | 'redriven' | 'dropped';

/** An event that a consumer could not process, with the reason. */
@Entity('dead_letter')
@Index('dead_letter_event', ['consumer', 'eventId'], { unique: true })
@Index('dead_letter_state', ['state', 'parkedAt', 'id'])
@Check('dead_letter_state_known', `state IN ('parked', 'redriven', 'dropped')`)
export class DeadLetterEntity extends StoredEvent {
  /** Stays the same if a redriven event is parked again. */
  @PrimaryGeneratedColumn('uuid')
  readonly id!: string;

  /** A code of the error table, or the class of the error. */
  @Column('text')
  readonly errorCode!: string;

  /** At most 1000 characters. */
  @Column('text')
  readonly errorMessage!: string;

  /** 16 hexadecimal digits, equal for errors with the same stack trace. Groups dead letters by cause. */
  @Column('text')
  readonly stackHash!: string;

  @Column('int')
  readonly attempts!: number;

  @Column('text', { default: 'parked' })
  readonly state!: DeadLetterState;

  @Column('timestamptz')
  readonly firstFailedAt!: Date;

  /** Time of the last failure. With millisecond precision, so that a JavaScript Date is exact in a cursor. */
  @Column({ type: 'timestamptz', precision: 3 })
  readonly parkedAt!: Date;

  /** When the event was redriven or dropped. Null while it is parked. */
  @Column('timestamptz', { nullable: true })
  readonly resolvedAt!: Date | null;
}
