import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AvailabilityWindow, TitleKind } from '../title/title.js';

/**
 * The part of a title that a search reads. Narrow rows, so that a search reads few pages. The migration defines the special
 * indexes.
 */
@Entity('title_search')
@Index('title_search_prominence', ['prominence', 'titleId'])
@Index('title_search_name', { synchronize: false })
@Index('title_search_words', { synchronize: false })
export class TitleSearchEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'title_search_pkey' })
  readonly titleId!: string;

  /** In lower case and without accents. */
  @Column('text')
  readonly name!: string;

  /** The words of the name. */
  @Column('tsvector')
  readonly nameWords!: string;

  /** The words of the name and of the names of the people. */
  @Column('tsvector')
  readonly peopleWords!: string;

  /** The words of the name, the people, and the synopsis, without their positions. */
  @Column('tsvector')
  readonly allWords!: string;

  @Column('text')
  readonly kind!: TitleKind;

  @Column('text', { array: true })
  readonly genres!: string[];

  /** Null if the title is always available. */
  @Column('jsonb', { nullable: true })
  readonly availability!: readonly AvailabilityWindow[] | null;

  /** The order of titles that match a query equally well, highest first: see decision 18. */
  @Column('integer')
  readonly prominence!: number;

  /** The minimum age of the title, or more than any age if it has no rating. */
  @Column('smallint')
  readonly minimumAge!: number;
}
