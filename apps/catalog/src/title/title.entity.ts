import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { TitleKind } from './title.js';

/** Decorators cannot express GIN indexes and descending columns, so only the migration defines those indexes. */
@Entity('title')
@Check('title_kind_known', `kind IN ('film', 'series')`)
@Unique('title_external_id_unique', ['externalId'])
@Index('title_newest', ['createdAt', 'id'])
@Index('title_genres', { synchronize: false })
@Index('title_best', { synchronize: false })
@Index('title_genre_sets', ['genres'])
export class TitleEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_pkey' })
  readonly id!: string;

  @Column('text')
  readonly kind!: TitleKind;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly synopsis!: string;

  @Column('integer', { nullable: true })
  readonly releaseYear!: number | null;

  @Column('text', { array: true })
  readonly genres!: string[];

  @Column('text', { array: true })
  readonly directors!: string[];

  @Column('text', { nullable: true })
  readonly maturityRating!: string | null;

  @Column('integer', { nullable: true })
  readonly runtimeMinutes!: number | null;

  @Column('double precision', { nullable: true })
  readonly score!: number | null;

  @Column('text', { nullable: true })
  readonly externalId!: string | null;

  /** Millisecond precision, so that a cursor represents it exactly. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;
}
