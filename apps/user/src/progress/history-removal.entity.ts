import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/**
 * A removal from the history of a profile. A progress event from before the removal can arrive later, and must not add
 * the titles to the history again.
 */
@Entity('history_removal')
@Index('history_removal_profile', ['profileId', 'removedAt'])
@Index('history_removal_removed_at', ['removedAt'])
export class HistoryRemovalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'history_removal_pkey' })
  readonly id!: string;

  @ForeignKey(() => ProfileEntity, { name: 'history_removal_profile_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly profileId!: string;

  /** Null: all titles. */
  @Column('uuid', { array: true, nullable: true })
  readonly titleIds!: string[] | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly removedAt!: Date;
}
