import { KIDS_MAXIMUM_AGE, type Avatar } from '@viernes/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The migration defines the unique index: it contains an expression, which decorators cannot declare. */
@Entity('profile')
@Index('profile_name_unique', { synchronize: false })
@Check('profile_kids_limited', `NOT is_kids OR coalesce(maximum_age, 99) <= ${KIDS_MAXIMUM_AGE}`)
export class ProfileEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'profile_pkey' })
  readonly id!: string;

  /** Refers to the table by name, because an import of AccountEntity would create a cycle between the features. */
  @ForeignKey('account', { name: 'profile_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  @Column('text')
  readonly name!: string;

  @Column('text', { default: 'star' })
  readonly avatar!: Avatar;

  @Column('text', { default: 'en' })
  readonly language!: string;

  @Column('boolean', { default: false })
  readonly isKids!: boolean;

  @Column('smallint', { nullable: true })
  readonly maximumAge!: number | null;

  /** argon2id in PHC string format. */
  @Column('text', { nullable: true })
  readonly pinHash!: string | null;

  /** Attempts since the last correct one. 10 minutes after the latest attempt, the count starts again. */
  @Column('smallint', { default: 0 })
  readonly pinAttempts!: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly pinAttemptedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
