import type { ByteRange, MediaSegment } from '@viernes/media';
import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AssetEntity } from './asset.entity.js';

export type RenditionKind = 'video' | 'audio';

/** One step of an asset's ladder, or its audio. What it is made of is known once its job has succeeded. */
@Entity('renditions')
@Index('renditions_by_asset', ['assetId', 'position'], { unique: true })
@Check('renditions_kind_known', `kind IN ('video', 'audio')`)
export class RenditionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'renditions_pkey' })
  id!: string;

  @Column('uuid')
  assetId!: string;

  @ManyToOne(() => AssetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'renditions_asset' })
  asset?: Relation<AssetEntity>;

  @Column('text')
  kind!: RenditionKind;

  /** 0 for the lowest rung; the audio comes last. */
  @Column('int')
  position!: number;

  @Column('text')
  name!: string;

  @Column('int', { nullable: true })
  width!: number | null;

  @Column('int', { nullable: true })
  height!: number | null;

  @Column('int')
  bitrateBps!: number;

  @Column('int', { nullable: true })
  frameRateNumerator!: number | null;

  @Column('int', { nullable: true })
  frameRateDenominator!: number | null;

  /** H.264 level times ten. */
  @Column('int', { nullable: true })
  level!: number | null;

  @Column('int', { nullable: true })
  channels!: number | null;

  /** As a master playlist names them. */
  @Column('text')
  codecs!: string;

  @Column('text', { nullable: true })
  objectKey!: string | null;

  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  sizeBytes!: number | null;

  @Column('jsonb', { nullable: true })
  initSegment!: ByteRange | null;

  @Column('jsonb', { nullable: true })
  segments!: MediaSegment[] | null;

  @Column('int', { nullable: true })
  peakBandwidthBps!: number | null;

  @Column('int', { nullable: true })
  averageBandwidthBps!: number | null;
}
