import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type MailRequestKind = 'passwordReset' | 'accountLock';

/** A request to send a mail to an email address, with or without an account. */
@Entity('mail_request')
@Check('mail_request_kind_known', `kind IN ('passwordReset', 'accountLock')`)
export class MailRequestEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'mail_request_pkey',
  })
  readonly id!: string;

  @Column('text')
  readonly kind!: MailRequestKind;

  @Column('text')
  readonly email!: string;
}
