import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Wrong passwords for an email, with or without an account. */
@Entity('password_failure')
@Index('password_failure_failed_at', ['failedAt'])
export class PasswordFailureEntity {
  /** SHA-256 of the email in its normal form. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'password_failure_pkey' })
  readonly emailHash!: Buffer;

  @Column('int')
  readonly count!: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly lockedUntil!: Date | null;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly failedAt!: Date;
}
