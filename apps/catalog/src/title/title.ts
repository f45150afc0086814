export type TitleKind = 'film' | 'series';

/** A published asset that plays when a viewer selects its title. */
export interface PlayableAsset {
  readonly assetId: string;
  readonly durationMs: number;
}

/** A catalog entry that viewers select. It can be found before it can be played. */
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
  /** Mean viewer score from the data source, 0 to 10. */
  readonly score?: number | undefined;
  /** Identifies the title at its data source: `vega-datasets/movies/12`. Unique. */
  readonly externalId?: string | undefined;
  readonly createdAt: Date;
  /** Absent until the first publication. */
  readonly asset?: PlayableAsset | undefined;
}

/** A title as an editor describes it. */
export type NewTitle = Omit<Title, 'id' | 'createdAt' | 'asset'>;

/** Conditions of a title list. An undefined field does not restrict the list. */
export interface TitleFilter {
  readonly kind: TitleKind | undefined;
  readonly genre: string | undefined;
  readonly isPlayableOnly: boolean;
}
