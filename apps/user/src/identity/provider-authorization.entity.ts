import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';

/** A sign-in that was requested from a provider, and that no browser has finished yet. */
@Entity('provider_authorization')
@Index('provider_authorization_account', ['accountId'])
@Index('provider_authorization_expiry', ['expiresAt'])
export class ProviderAuthorizationEntity {
  /** SHA-256 of the state. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'provider_authorization_pkey' })
  readonly stateHash!: Buffer;

  /** SHA-256 of the secret in the cookie of the browser. */
  @Column('bytea')
  readonly browserHash!: Buffer;

  @Column('text')
  readonly providerId!: string;

  /** The account to which the identity is added. Null for a sign-in. */
  @ForeignKey(() => AccountEntity, { name: 'provider_authorization_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  readonly accountId!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly expiresAt!: Date;
}
