import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

@Entity('profile')
@Index('profile_account', ['accountId'])
export class ProfileEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'profile_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly accountId!: string;

  @ManyToOne(() => AccountEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'profile_account_fkey' })
  readonly account!: Relation<AccountEntity>;

  @Column('text')
  readonly name!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
