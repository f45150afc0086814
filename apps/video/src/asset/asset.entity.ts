import type { ErrorCode } from '@viernes/contracts';
import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AssetState } from './asset.js';

@Entity('assets')
@Index('assets_published_by_title', ['titleId', 'publishedAt'], { where: 'published_at IS NOT NULL' })
@Check('assets_state_known', `state IN ('uploaded', 'processing', 'playable', 'ready', 'failed')`)
export class AssetEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assets_pkey' })
  id!: string;

  @Column('uuid')
  titleId!: string;

  @Column('text')
  state!: AssetState;

  @Column('text')
  fileName!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  sizeBytes!: number;

  /** Of the source. */
  @Column('text')
  objectKey!: string;

  @Column('text', { nullable: true })
  demuxer!: string | null;

  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  durationMs!: number | null;

  @Column('text', { nullable: true })
  failureCode!: ErrorCode | null;

  /** Grows with each change of the asset, its renditions and its jobs: what a watcher compares. */
  @Column('int', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** When it became playable. */
  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;
}
