import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * An account that was created from the settings. It is not created again after its owner has changed the email or deleted
 * the account: otherwise, the password of the settings would be valid again.
 */
@Entity('initial_account')
export class InitialAccountEntity {
  /** SHA-256 of the email in its normal form. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'initial_account_pkey' })
  readonly emailHash!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
