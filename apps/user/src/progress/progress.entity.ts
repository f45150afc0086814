import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/** Where a profile stopped in a title, by the latest moment that video told of. */
@Entity('progress')
@Index('progress_latest', ['profileId', 'occurredAt'])
export class ProgressEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_pkey' })
  readonly profileId!: string;

  @ManyToOne(() => ProfileEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'profile_id', foreignKeyConstraintName: 'progress_profile_fkey' })
  readonly profile!: Relation<ProfileEntity>;

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
