import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ApiKeyScope } from '@viernes/contracts';
import { AccountEntity } from '../account/account.entity.js';
import { ProfileEntity } from '../profile/profile.entity.js';

@Entity('api_key')
@Index('api_key_account', ['accountId'])
@Index('api_key_profile', ['profileId'])
@Index('api_key_revoked_at', ['revokedAt'], { where: 'revoked_at IS NOT NULL' })
export class ApiKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_key_pkey' })
  readonly id!: string;

  @ForeignKey(() => AccountEntity, { name: 'api_key_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly accountId!: string;

  /** Null after the deletion of the profile: the key then has the rights of a viewer without a profile. */
  @ForeignKey(() => ProfileEntity, { name: 'api_key_profile_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  readonly profileId!: string | null;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly prefix!: string;

  /** No CHECK: keys can have a scope that the code no longer has. */
  @Column('text', { array: true })
  readonly scopes!: ApiKeyScope[];

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly lastUsedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly revokedAt!: Date | null;
}
