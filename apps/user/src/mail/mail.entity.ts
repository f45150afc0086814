import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mail that is not known to be delivered. Delivered mails are deleted, because they can contain valid links. */
@Entity('mail')
@Index('mail_next_attempt', ['nextAttemptAt'])
export class MailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pkey' })
  readonly id!: string;

  @Column('text')
  readonly recipient!: string;

  @Column('text')
  readonly subject!: string;

  @Column('text')
  readonly text!: string;

  @Column('text')
  readonly html!: string;

  @Column('int', { default: 0 })
  readonly attempts!: number;

  /** In the future while a replica delivers the mail. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly nextAttemptAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
