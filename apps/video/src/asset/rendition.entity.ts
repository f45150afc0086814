import type { ByteRange, MediaSegment } from '@viernes/media';
import { bigintAsNumber } from '@viernes/database';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AssetEntity } from './asset.entity.js';
import type { RenditionKind } from './rendition.js';

/** One rung of an asset's ladder, or its audio. The columns of the stored object are null until its job succeeds. */
@Entity('rendition')
@Index('rendition_by_asset', ['assetId', 'position'], { unique: true })
@Check('rendition_kind_known', `kind IN ('video', 'audio')`)
export class RenditionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rendition_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly assetId!: string;

  @ManyToOne(() => AssetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'rendition_asset' })
  readonly asset?: Relation<AssetEntity>;

  @Column('text')
  readonly kind!: RenditionKind;

  /** 0 for the lowest rung. The audio comes last. */
  @Column('int')
  readonly position!: number;

  @Column('text')
  readonly name!: string;

  @Column('int', { nullable: true })
  readonly width!: number | null;

  @Column('int', { nullable: true })
  readonly height!: number | null;

  @Column('int')
  readonly bitrateBps!: number;

  @Column('int', { nullable: true })
  readonly frameRateNumerator!: number | null;

  @Column('int', { nullable: true })
  readonly frameRateDenominator!: number | null;

  /** H.264 level times ten. */
  @Column('int', { nullable: true })
  readonly level!: number | null;

  @Column('int', { nullable: true })
  readonly channels!: number | null;

  /** The CODECS attribute of a master playlist. */
  @Column('text')
  readonly codecs!: string;

  @Column('text', { nullable: true })
  readonly objectKey!: string | null;

  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  readonly sizeBytes!: number | null;

  @Column('jsonb', { nullable: true })
  readonly initSegment!: ByteRange | null;

  @Column('jsonb', { nullable: true })
  readonly segments!: MediaSegment[] | null;

  @Column('int', { nullable: true })
  readonly peakBandwidthBps!: number | null;

  @Column('int', { nullable: true })
  readonly averageBandwidthBps!: number | null;
}
