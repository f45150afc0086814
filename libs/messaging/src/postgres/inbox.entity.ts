import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a consumer handled an event: committed together with what it did. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  eventId!: string;

  // Rows come in the order of their time: a summary of blocks finds the old ones, and costs an insert next to nothing.
  @Index('inbox_handled_at', { type: 'brin' })
  @Column('timestamptz', { default: () => 'now()' })
  handledAt!: Date;
}
