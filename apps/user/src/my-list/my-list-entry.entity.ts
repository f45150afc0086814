import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../profile/profile.entity.js';

/** A title in the list of a profile. */
@Entity('my_list_entry')
@Index('my_list_entry_latest', ['profileId', 'addedAt', 'titleId'])
export class MyListEntryEntity {
  @ForeignKey(() => ProfileEntity, { name: 'my_list_entry_profile_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'my_list_entry_pkey' })
  readonly profileId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'my_list_entry_pkey' })
  readonly titleId!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  readonly addedAt!: Date;
}
