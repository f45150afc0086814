import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { LinkPurpose } from './mail-link.js';

@Entity('mail_link')
@Index('mail_link_account', ['accountId', 'purpose'])
@Index('mail_link_expiry', ['expiresAt'])
@Check('mail_link_purpose_known', `purpose IN ('emailVerification', 'passwordReset')`)
export class MailLinkEntity {
  /** SHA-256 of the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'mail_link_pkey' })
  readonly hash!: Buffer;

  /** Refers to the table by name, because an import of AccountEntity would create a cycle between the features. */
  @ForeignKey('account', { name: 'mail_link_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  @Column('text')
  readonly purpose!: LinkPurpose;

  @Column('text')
  readonly email!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  /** In the past if the link was used. */
  @Column({ type: 'timestamptz', precision: 3 })
  readonly expiresAt!: Date;
}
