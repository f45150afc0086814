import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('episode')
@Unique('episode_number_unique', ['titleId', 'seasonNumber', 'number'])
export class EpisodeEntity {
  /** Uploads, playback, and progress refer to an episode by this ID, as they refer to a film by its title ID. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'episode_pkey' })
  readonly id!: string;

  @Column('uuid')
  readonly titleId!: string;

  @Column('smallint')
  readonly seasonNumber!: number;

  @Column('smallint')
  readonly number!: number;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly synopsis!: string;

  @Column('integer', { nullable: true })
  readonly runtimeMinutes!: number | null;

  @Column('date', { nullable: true })
  readonly releasedOn!: string | null;
}
