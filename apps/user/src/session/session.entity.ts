import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

@Entity('session')
@Index('session_account', ['accountId'])
@Index('session_ends', ['endsAt'])
export class SessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly accountId!: string;

  @ManyToOne(() => AccountEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'session_account_fkey' })
  readonly account!: Relation<AccountEntity>;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  /** Moves on with each renewal; signing out sets it to that moment. */
  @Column({ type: 'timestamptz', precision: 3 })
  readonly endsAt!: Date;
}
