import type { ArtworkKind, CreditRole, MaturityRating } from '@viernes/contracts';
import type { Credit, NewCredit } from '../person/credit.js';

export type TitleKind = 'film' | 'series';

/** A published asset that plays when a viewer selects its title. */
export interface PlayableAsset {
  readonly assetId: string;
  readonly durationMs: number;
}

export interface Artwork {
  readonly kind: ArtworkKind;
  /** An HTTPS URL, or a path of the platform. */
  readonly url: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Describes the image for people who cannot see it. */
  readonly alternativeText: string;
}

/** Includes the start and excludes the end. Both are ISO 8601 in UTC. */
export interface AvailabilityWindow {
  readonly startsAt: string;
  readonly endsAt?: string | undefined;
}

/** The fields of a title that editors change. */
export interface TitleInput {
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear?: number | undefined;
  readonly genres: readonly string[];
  readonly credits: readonly NewCredit[];
  readonly maturityRating?: MaturityRating | undefined;
  readonly runtimeMinutes?: number | undefined;
  /** Only series have seasons. */
  readonly seasonCount?: number | undefined;
  /** Mean viewer score from the data source, 0 to 10. */
  readonly score?: number | undefined;
  /** Identifies the title at its data source: `vega-datasets/movies/12`. Unique. */
  readonly externalId?: string | undefined;
  /** Undefined: derived from the name and the year of a new title, or unchanged. */
  readonly slug?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** BCP 47. */
  readonly languages: readonly string[];
  /** The day on which the title was added to the source catalog: `2021-09-25`. */
  readonly addedOn?: string | undefined;
  readonly artwork: readonly Artwork[];
  /** The title is visible within any of these windows, or always if there is none. */
  readonly availability: readonly AvailabilityWindow[];
}

/** A catalog entry in a list. Viewers can find it before it is playable. */
export interface Title extends Pick<TitleInput, 'kind' | 'name' | 'synopsis' | 'releaseYear' | 'genres'> {
  readonly id: string;
  readonly slug: string;
  /** The names of the directors. */
  readonly directors: readonly string[];
  readonly maturityRating?: MaturityRating | undefined;
  readonly minimumAge?: number | undefined;
  readonly runtimeMinutes?: number | undefined;
  readonly seasonCount?: number | undefined;
  readonly score?: number | undefined;
  readonly artwork: readonly Artwork[];
  readonly createdAt: Date;
  /** Absent until the first publication. */
  readonly asset?: PlayableAsset | undefined;
}

/** A title with all its fields. */
export interface TitleDetails
  extends Title, Pick<TitleInput, 'externalId' | 'countries' | 'languages' | 'addedOn' | 'availability'> {
  readonly credits: readonly Credit[];
  /** Increases with each change by an editor. */
  readonly revision: number;
  readonly updatedAt: Date;
}

/**
 * Conditions of a title list. An undefined field or an empty list does not restrict it. The values of a list are
 * alternatives.
 */
export interface TitleFilter {
  readonly kind?: TitleKind | undefined;
  readonly genres?: readonly string[];
  readonly personId?: string | undefined;
  /** Role of the person. */
  readonly role?: CreditRole | undefined;
  readonly countries?: readonly string[];
  readonly languages?: readonly string[];
  readonly releaseYearFrom?: number | undefined;
  readonly releaseYearTo?: number | undefined;
  /** Excludes titles with a higher minimum age, and titles with an unknown one. */
  readonly maximumAge?: number | undefined;
  readonly runtimeMinutesFrom?: number | undefined;
  readonly runtimeMinutesTo?: number | undefined;
  readonly isPlayableOnly?: boolean;
  /** Also selects titles outside of their availability windows, for editors. */
  readonly includesHidden?: boolean;
}

/** Newest first, by name, most viewed first, highest score first. */
export type TitleOrder = 'newest' | 'name' | 'popularity' | 'score';
