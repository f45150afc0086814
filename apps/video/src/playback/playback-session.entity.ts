import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('playback_sessions')
@Index('playback_sessions_live_by_account', ['accountId', 'expiresAt'], { where: 'ended_at IS NULL' })
@Index('playback_sessions_by_expiry', ['expiresAt'])
export class PlaybackSessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'playback_sessions_pkey' })
  id!: string;

  @Column('uuid')
  accountId!: string;

  @Column('uuid')
  profileId!: string;

  @Column('uuid')
  titleId!: string;

  @Column('uuid')
  assetId!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  durationMs!: number;

  /** SHA-256 of the token. */
  @Column('bytea')
  tokenHash!: Buffer;

  /** Null until the first heartbeat. */
  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  positionMs!: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}
