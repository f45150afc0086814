import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/**
 * Calls of one caller to one operation with one status, in one hour. In the unique constraint, null equals null, which
 * TypeORM cannot declare.
 */
@Entity('usage_hour')
@Unique('usage_hour_unique', ['hourAt', 'accountId', 'apiKeyId', 'operation', 'status'])
@Index('usage_hour_account', ['accountId', 'hourAt'])
export class UsageHourEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'usage_hour_pkey',
  })
  readonly id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly hourAt!: Date;

  /**
   * Null for callers without a valid token, and for accounts that were deleted. Refers to the table by name, because an
   * import of AccountEntity would create a cycle between the features.
   */
  @ForeignKey('account', { name: 'usage_hour_account_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  readonly accountId!: string | null;

  /** Null for sessions. Without a foreign key, because usage is stored longer than a revoked key. */
  @Column('uuid', { nullable: true })
  readonly apiKeyId!: string | null;

  @Column('text')
  readonly operation!: string;

  @Column('smallint')
  readonly status!: number;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly calls!: number;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly responseBytes!: number;

  /** Number of calls by bucket of their duration. */
  @Column('jsonb')
  readonly durations!: Record<string, number>;
}
