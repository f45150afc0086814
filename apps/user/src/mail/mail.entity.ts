import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mail whose delivery is not confirmed. Delivered mails are deleted, because they can contain valid links. */
@Entity('mail')
@Index('mail_next_attempt', ['nextAttemptAt'])
export class MailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pkey' })
  readonly id!: string;

  /** Without a foreign key, because the notice of a deletion can outlive the account. */
  @Column('uuid')
  readonly accountId!: string;

  /** Can be a previous or a future address of the account. */
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

  /** In the future while a replica delivers the mail, and after a failed delivery. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly nextAttemptAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
