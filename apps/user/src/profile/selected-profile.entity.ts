import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from './profile.entity.js';

/** The profile that a session acts for. A session without a row has not selected one. */
@Entity('selected_profile')
@Index('selected_profile_profile', ['profileId'])
export class SelectedProfileEntity {
  /** Refers to the table by name, because an import of SessionEntity would create a cycle between the features. */
  @ForeignKey('session', { name: 'selected_profile_session_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'selected_profile_pkey' })
  readonly sessionId!: string;

  @ForeignKey(() => ProfileEntity, { name: 'selected_profile_profile_fkey', onDelete: 'CASCADE' })
  @Column('uuid')
  readonly profileId!: string;
}
