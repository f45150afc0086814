import type { ErrorCode } from '@viernes/contracts';
import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AssetState } from './asset.js';

@Entity('asset')
@Index('asset_published_by_title', ['titleId', 'publishedAt'], { where: 'published_at IS NOT NULL' })
@Check('asset_state_known', `state IN ('uploaded', 'processing', 'playable', 'ready', 'failed')`)
export class AssetEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'asset_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly titleId!: string;

  @Column('text')
  readonly state!: AssetState;

  @Column('text')
  readonly fileName!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly sizeBytes!: number;

  /** Key of the source. */
  @Column('text')
  readonly objectKey!: string;

  @Column('text', { nullable: true })
  readonly demuxer!: string | null;

  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  readonly durationMs!: number | null;

  @Column('text', { nullable: true })
  readonly failureCode!: ErrorCode | null;

  /** Increases with each change of the asset, its renditions, and its jobs. Watchers compare it. */
  @Column('int', { default: 1 })
  readonly version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  readonly createdAt!: Date;

  /** Time at which the asset became playable. */
  @Column('timestamptz', { nullable: true })
  readonly publishedAt!: Date | null;
}
