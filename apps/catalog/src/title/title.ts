export type TitleKind = 'film' | 'series';

/** The film that plays when a title is picked. */
export interface Film {
  readonly assetId: string;
  readonly durationMs: number;
}

/** What a viewer picks. It can be found before it can be played. */
export interface Title {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear?: number | undefined;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  readonly maturityRating?: string | undefined;
  readonly runtimeMinutes?: number | undefined;
  /** Mean score of viewers elsewhere, 0 to 10. */
  readonly score?: number | undefined;
  /** Where the title came from: `vega-datasets/movies/12`. At most one title has it. */
  readonly externalId?: string | undefined;
  readonly createdAt: Date;
  /** Absent until its first publication. */
  readonly film?: Film | undefined;
}

/** A title as an editor describes it. */
export type NewTitle = Omit<Title, 'id' | 'createdAt' | 'film'>;

/** What a list is narrowed to; an absent field narrows nothing. */
export interface TitleFilter {
  readonly kind: TitleKind | undefined;
  readonly genre: string | undefined;
  readonly isPlayableOnly: boolean;
}
