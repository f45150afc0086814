import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Records that a consumer has processed an event. Committed together with the effect. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn('text')
  readonly consumer!: string;

  @PrimaryColumn('text')
  readonly eventId!: string;

  // Rows are inserted in the order of their time, so a BRIN index finds expired rows and costs inserts almost nothing.
  @Index('inbox_handled_at', { type: 'brin' })
  @Column('timestamptz', { default: () => 'now()' })
  readonly handledAt!: Date;
}
