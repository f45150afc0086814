import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('profile')
@Index('profile_account', ['accountId'])
export class ProfileEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'profile_pkey' })
  readonly id!: string;

  /** Refers to the table by name, because an import of AccountEntity would create a cycle between the features. */
  @ForeignKey('account', { name: 'profile_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  @Column('text')
  readonly name!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
