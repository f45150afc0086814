import { bigintAsNumber } from '@viernes/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The views of a title. Every title has a row, so that an index orders all of them. */
@Entity('title_popularity')
@Index('title_popularity_highest', ['viewScore', 'titleId'])
export class TitlePopularityEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_popularity_pkey' })
  readonly titleId!: string;

  /** All playback sessions since the title was created. */
  @Column('bigint', { transformer: bigintAsNumber })
  readonly views!: number;

  /** log2 of the sum of 2^viewScore over its views. Comparable only with the scores of other titles. 0 without views. */
  @Column('double precision')
  readonly viewScore!: number;
}
