import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/** Where a profile stopped in a title, from the latest event. */
@Entity('progress')
@Index('progress_latest', ['profileId', 'occurredAt'])
export class ProgressEntity {
  @ForeignKey(() => ProfileEntity, { name: 'progress_profile_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_pkey' })
  readonly profileId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_pkey' })
  readonly titleId!: string;

  @Column('text')
  readonly assetId!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly positionMs!: number;

  @Column('bigint', { transformer: bigintAsNumber })
  readonly durationMs!: number;

  @Column('boolean')
  readonly isFinished!: boolean;

  @Column({ type: 'timestamptz', precision: 3 })
  readonly occurredAt!: Date;
}
