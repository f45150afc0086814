import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a consumer handled an event: committed together with what it did. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  eventId!: string;

  @Index('inbox_handled_at')
  @Column('timestamptz', { default: () => 'now()' })
  handledAt!: Date;
}
