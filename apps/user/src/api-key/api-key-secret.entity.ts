import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';

/** A secret of an API key. After a rotation, the previous one is valid for a while. */
@Entity('api_key_secret')
@Unique('api_key_secret_hash_unique', ['hash'])
@Index('api_key_secret_api_key', ['apiKeyId'])
export class ApiKeySecretEntity {
  /** The edge rejects a revoked secret by this ID while it has cached an earlier verification. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_key_secret_pkey' })
  readonly id!: string;

  @ForeignKey(() => ApiKeyEntity, { name: 'api_key_secret_api_key_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly apiKeyId!: string;

  /** SHA-256 of the secret. */
  @Column('bytea')
  readonly hash!: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly expiresAt!: Date;
}
