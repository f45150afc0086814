import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('playback_session')
@Index('playback_session_by_account', ['accountId', 'expiresAt'])
@Index('playback_session_by_expiry', ['expiresAt'])
export class PlaybackSessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'playback_session_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly accountId!: string;

  @Column('uuid')
  readonly profileId!: string;

  @Column('uuid')
  readonly titleId!: string;

  @Column('uuid')
  readonly assetId!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly durationMs!: number;

  /** SHA-256 of the token. */
  @Column('bytea')
  readonly tokenHash!: Buffer;

  /** Null before the first heartbeat. */
  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  readonly positionMs!: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;

  @Column('timestamptz')
  readonly expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  readonly endedAt!: Date | null;
}
