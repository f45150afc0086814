import type { ErrorCode } from '@viernes/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AssetEntity } from '../asset/asset.entity.js';
import { RenditionEntity } from '../asset/rendition.entity.js';
import type { JobKind, JobState } from './transcode-job.js';

@Entity('transcode_jobs')
@Index('transcode_jobs_queue', ['priority', 'createdAt', 'id'], { where: `state IN ('queued', 'running')` })
@Index('transcode_jobs_by_asset', ['assetId'])
@Index('transcode_jobs_by_rendition', ['renditionId'], { unique: true })
@Check('transcode_jobs_kind_known', `kind IN ('probe', 'video', 'audio')`)
@Check('transcode_jobs_state_known', `state IN ('queued', 'running', 'succeeded', 'failed')`)
export class TranscodeJobEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'transcode_jobs_pkey' })
  id!: string;

  @Column('uuid')
  assetId!: string;

  @ManyToOne(() => AssetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'transcode_jobs_asset' })
  asset?: Relation<AssetEntity>;

  /** Null in a probe. */
  @Column('uuid', { nullable: true })
  renditionId!: string | null;

  @ManyToOne(() => RenditionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'rendition_id', foreignKeyConstraintName: 'transcode_jobs_rendition' })
  rendition?: Relation<RenditionEntity>;

  @Column('text')
  kind!: JobKind;

  /** Lower goes first. */
  @Column('int')
  priority!: number;

  @Column('text', { default: 'queued' })
  state!: JobState;

  /** 0 before the first lease. */
  @Column('int', { default: 0 })
  attempt!: number;

  @Column('timestamptz', { default: () => 'now()' })
  availableAt!: Date;

  /** Of the running attempt, or of the one that succeeded. */
  @Column('uuid', { nullable: true })
  leaseToken!: string | null;

  @Column('text', { nullable: true })
  leasedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  leaseExpiresAt!: Date | null;

  /** Where the running attempt puts its rendition; each attempt has its own. */
  @Column('text', { nullable: true })
  outputKey!: string | null;

  @Column('real', { default: 0 })
  progress!: number;

  @Column('text', { nullable: true })
  failureCode!: ErrorCode | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
