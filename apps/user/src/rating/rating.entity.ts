import type { Thumb } from '@viernes/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/** The rating of a title by a profile. */
@Entity('rating')
@Check('rating_thumb_known', `thumb IN ('up', 'down')`)
export class RatingEntity {
  @ForeignKey(() => ProfileEntity, { name: 'rating_profile_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rating_pkey' })
  readonly profileId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rating_pkey' })
  readonly titleId!: string;

  @Column('text')
  readonly thumb!: Thumb;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly ratedAt!: Date;
}
