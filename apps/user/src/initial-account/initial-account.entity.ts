import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * An account of the settings that exists, or has existed: it must not return with the password of the settings after its
 * owner has changed the email or deleted it.
 */
@Entity('initial_account')
export class InitialAccountEntity {
  /** SHA-256 of the email in its normal form. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'initial_account_pkey' })
  readonly emailHash!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
