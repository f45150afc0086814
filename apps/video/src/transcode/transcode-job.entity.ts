import type { ErrorCode } from '@viernes/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AssetEntity } from '../asset/asset.entity.js';
import { RenditionEntity } from '../asset/rendition.entity.js';
import type { JobKind, JobState } from './transcode-job.js';

@Entity('transcode_job')
@Index('transcode_job_queue', ['priority', 'createdAt', 'id'], { where: `state IN ('queued', 'running')` })
@Index('transcode_job_by_asset', ['assetId'])
@Index('transcode_job_by_rendition', ['renditionId'], { unique: true })
@Check('transcode_job_kind_known', `kind IN ('probe', 'video', 'audio')`)
@Check('transcode_job_state_known', `state IN ('queued', 'running', 'succeeded', 'failed')`)
export class TranscodeJobEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'transcode_job_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly assetId!: string;

  @ManyToOne(() => AssetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'transcode_job_asset' })
  readonly asset?: Relation<AssetEntity>;

  /** Null for a probe. */
  @Column('uuid', { nullable: true })
  readonly renditionId!: string | null;

  @ManyToOne(() => RenditionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'rendition_id', foreignKeyConstraintName: 'transcode_job_rendition' })
  readonly rendition?: Relation<RenditionEntity>;

  @Column('text')
  readonly kind!: JobKind;

  /** Lower values run first. */
  @Column('int')
  readonly priority!: number;

  @Column('text', { default: 'queued' })
  readonly state!: JobState;

  /** 0 before the first lease. */
  @Column('int', { default: 0 })
  readonly attempt!: number;

  @Column('timestamptz', { default: () => 'now()' })
  readonly availableAt!: Date;

  /** Token of the running or of the successful attempt. */
  @Column('uuid', { nullable: true })
  readonly leaseToken!: string | null;

  @Column('text', { nullable: true })
  readonly leasedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  readonly leaseExpiresAt!: Date | null;

  /** Key of the rendition that the running attempt uploads. Each attempt has a different one. */
  @Column('text', { nullable: true })
  readonly outputKey!: string | null;

  @Column('real', { default: 0 })
  readonly progress!: number;

  @Column('text', { nullable: true })
  readonly failureCode!: ErrorCode | null;

  /** Trace of the request that created the job. Null if it is not recorded. */
  @Column('text', { nullable: true })
  readonly traceparent!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;
}
