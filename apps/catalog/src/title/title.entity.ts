import type { MaturityRating } from '@viernes/contracts';
import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { TITLE_NAME_ORDERS } from './title-name-order.js';
import type { Artwork, AvailabilityWindow, TitleKind } from './title.js';

/** Decorators cannot express GIN indexes, collations, and expressions, so only the migration defines those indexes. */
@Entity('title')
@Check('title_kind_known', `kind IN ('film', 'series')`)
@Unique('title_external_id_unique', ['externalId'])
@Unique('title_slug_unique', ['slug'])
@Index('title_newest', ['createdAt', 'id'])
@Index('title_best', { synchronize: false })
@Index('title_deleted', { synchronize: false })
@Index('title_updated', ['updatedAt'])
@Index('title_release_year', ['releaseYear'])
@Index('title_minimum_age', ['minimumAge'])
@Index('title_runtime', ['runtimeMinutes'])
@Index('title_values', { synchronize: false })
@Index('title_genre_sets', ['genres'])
export class TitleEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_pkey' })
  readonly id!: string;

  @Column('text')
  readonly kind!: TitleKind;

  @Column('text')
  readonly name!: string;

  /** Identifies the title in URLs. */
  @Column('text')
  readonly slug!: string;

  @Column('text', { default: '' })
  readonly synopsis!: string;

  @Column('integer', { nullable: true })
  readonly releaseYear!: number | null;

  @Column('text', { array: true, default: [] })
  readonly genres!: string[];

  /** The names of the directors among the credits, so that a list needs no join. */
  @Column('text', { array: true, default: [] })
  readonly directors!: string[];

  @Column('text', { array: true, default: [] })
  readonly countries!: string[];

  @Column('text', { array: true, default: [] })
  readonly languages!: string[];

  @Column('text', { nullable: true })
  readonly maturityRating!: MaturityRating | null;

  /** Derived from the maturity rating, for filters. */
  @Column('smallint', { nullable: true })
  readonly minimumAge!: number | null;

  @Column('integer', { nullable: true })
  readonly runtimeMinutes!: number | null;

  @Column('integer', { nullable: true })
  readonly seasonCount!: number | null;

  @Column('double precision', { nullable: true })
  readonly score!: number | null;

  @Column('text', { nullable: true })
  readonly externalId!: string | null;

  @Column('date', { nullable: true })
  readonly addedOn!: string | null;

  @Column('jsonb', { default: [] })
  readonly artwork!: readonly Artwork[];

  @Column('jsonb', { default: [] })
  readonly availability!: readonly AvailabilityWindow[];

  @Column('integer', { default: 1 })
  readonly revision!: number;

  /** Millisecond precision, so that a cursor represents it exactly. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly updatedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  readonly deletedAt!: Date | null;
}

for (const { index } of TITLE_NAME_ORDERS) Index(index, { synchronize: false })(TitleEntity);
