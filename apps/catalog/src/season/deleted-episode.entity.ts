import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The row of the last removed episode with this number, to restore it. */
@Entity('deleted_episode')
export class DeletedEpisodeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deleted_episode_pkey' })
  readonly titleId!: string;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'deleted_episode_pkey' })
  readonly seasonNumber!: number;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'deleted_episode_pkey' })
  readonly number!: number;

  @Column('jsonb')
  readonly episode!: object;
}
