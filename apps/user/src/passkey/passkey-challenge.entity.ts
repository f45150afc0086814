import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

/** A challenge that no authenticator has signed yet. */
@Entity('passkey_challenge')
@Index('passkey_challenge_account', ['accountId'])
@Index('passkey_challenge_expiry', ['expiresAt'])
export class PasskeyChallengeEntity {
  /** SHA-256 of the challenge. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'passkey_challenge_pkey' })
  readonly hash!: Buffer;

  /** The account to which a passkey is added. Null for a sign-in. */
  @ForeignKey(() => AccountEntity, { name: 'passkey_challenge_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  readonly accountId!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly expiresAt!: Date;
}
