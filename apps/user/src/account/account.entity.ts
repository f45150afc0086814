import { DEFAULT_PLAN } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

export const EMAIL_UNIQUE = 'account_email_unique';

@Entity('account')
@Unique(EMAIL_UNIQUE, ['email'])
@Check('account_role_known', `role IN ('viewer', 'editor', 'admin')`)
export class AccountEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pkey' })
  readonly id!: string;

  /** Compared by bytes, so that the index also finds prefixes. */
  @Column({ type: 'text', collation: 'C' })
  readonly email!: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly emailVerifiedAt!: Date | null;

  /** Language of the mails to the owner while no profile is selected. */
  @Column('text')
  readonly language!: string;

  /**
   * argon2id in PHC string format, which includes the parameters and the salt. Null if the owner has never set a
   * password: a sign-in with an identity created the account.
   */
  @Column('text', { nullable: true })
  readonly passwordHash!: string | null;

  @Column('text')
  readonly role!: CallerRole;

  @Column({ type: 'text', default: DEFAULT_PLAN })
  readonly plan!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  /** Set while the services delete the data of the account. For its users, it no longer exists. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly deletionRequestedAt!: Date | null;
}
