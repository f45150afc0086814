import type { Resource } from '../change/change.js';

/** Episodes per season. */
export const MAX_EPISODES = 400;

/** The fields of a season that editors enter. */
export interface SeasonInput {
  /** 0 is a season of specials. */
  readonly number: number;
  /** Empty if the season has only a number. */
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear?: number | undefined;
  readonly episodes: readonly EpisodeInput[];
}

export interface EpisodeInput {
  readonly number: number;
  readonly name: string;
  readonly synopsis: string;
  readonly runtimeMinutes?: number | undefined;
  /** An ISO 8601 date: `2021-09-25` */
  readonly releasedOn?: string | undefined;
}

export interface Episode extends EpisodeInput {
  readonly id: string;
  readonly titleId: string;
  readonly seasonNumber: number;
  /** Absent until the first publication. */
  readonly durationMs?: number | undefined;
}

export interface Season extends SeasonInput {
  /** Increases with each change by an editor. */
  readonly revision: number;
  readonly episodes: readonly Episode[];
}

/** The fields of a stored season that editors change, with its revision. */
export type EditedSeason = SeasonInput & { readonly revision: number };

/** Returns the fields of a season for its history, each episode as one field. */
export function toSeasonFields({ name, synopsis, releaseYear, episodes }: SeasonInput): Record<string, unknown> {
  const byNumber = episodes.map(({ number, runtimeMinutes, releasedOn, ...texts }) => [
    `episodes.${number}`,
    { name: texts.name, synopsis: texts.synopsis, runtimeMinutes, releasedOn },
  ]);
  return { name, synopsis, releaseYear, ...(Object.fromEntries(byNumber) as object) };
}

export function toSeasonResource(titleId: string, number: number): Resource {
  return `titles/${titleId}/seasons/${number}`;
}
