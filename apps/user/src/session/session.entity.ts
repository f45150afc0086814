import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

@Entity('session')
@Index('session_account', ['accountId'])
@Index('session_expiry', ['expiresAt'])
export class SessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_pkey' })
  readonly id!: string;

  @ForeignKey(() => AccountEntity, { name: 'session_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly lastUsedAt!: Date;

  /** The IP address of the sign-in or the latest refresh. The user agent is from the same request. */
  @Column('text', { nullable: true })
  readonly address!: string | null;

  @Column('text', { nullable: true })
  readonly userAgent!: string | null;

  /** Each refresh extends it. Revocation sets it to the current time. */
  @Column({ type: 'timestamptz', precision: 3 })
  readonly expiresAt!: Date;
}
