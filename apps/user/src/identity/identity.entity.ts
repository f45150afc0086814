import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

@Entity('identity')
@Unique('identity_subject_unique', ['issuer', 'subject'])
@Unique('identity_account_issuer_unique', ['accountId', 'issuer'])
export class IdentityEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_pkey' })
  readonly id!: string;

  @ForeignKey(() => AccountEntity, { name: 'identity_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  @Column('text')
  readonly issuer!: string;

  /** Identifies the user at the issuer. */
  @Column('text')
  readonly subject!: string;

  /** The email at the issuer, as of the latest sign-in, or of the link before the first one. Only shown to the owner. */
  @Column('text', { nullable: true })
  readonly email!: string | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  /** The latest sign-in. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly lastUsedAt!: Date | null;
}
