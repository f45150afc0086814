import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toEpisodeText } from '../change/change-text.js';
import type { FieldChange } from '../change/field-changes.js';
import { parseNumberText, toNumberText } from '../form/number-text.js';
import { newRowKey, type Row } from '../form/rows.js';

export type SeasonInput = Schema<'SeasonInput'>;
type EpisodeInput = SeasonInput['episodes'][number];

/** Numbers are texts, and missing values are empty. */
export interface EpisodeDraft extends Row {
  /** Undefined for an episode that is not stored. */
  readonly stored?: { readonly id: string; readonly number: string; readonly isPlayable: boolean };
  readonly number: string;
  readonly name: string;
  readonly synopsis: string;
  readonly runtimeMinutes: string;
  readonly releasedOn: string;
}

export interface SeasonDraft {
  readonly number: string;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: string;
  readonly episodes: readonly EpisodeDraft[];
}

export const newSeason = (number: number): SeasonDraft => ({
  number: String(number),
  name: '',
  synopsis: '',
  releaseYear: '',
  episodes: [],
});

/** Creates an episode with the number after the last one. */
export function newEpisode(episodes: readonly EpisodeDraft[]): EpisodeDraft {
  const number = Math.max(0, ...episodes.map((episode) => Number(episode.number))) + 1;
  return { key: newRowKey(), number: String(number), name: '', synopsis: '', runtimeMinutes: '', releasedOn: '' };
}

/** @param season the stored season, which has the videos of the episodes with the same numbers */
export function toSeasonDraft(input: SeasonInput, season: Schema<'Season'>): SeasonDraft {
  const { name = '', synopsis = '', releaseYear, episodes } = input;
  return {
    number: String(season.number),
    name,
    synopsis,
    releaseYear: toNumberText(releaseYear),
    episodes: episodes.map((episode) => {
      const stored = season.episodes.find(({ number }) => number === episode.number);
      return {
        key: newRowKey(),
        ...(stored && { stored: { id: stored.id, number: String(stored.number), isPlayable: stored.isPlayable } }),
        number: String(episode.number),
        name: episode.name,
        synopsis: episode.synopsis ?? '',
        runtimeMinutes: toNumberText(episode.runtimeMinutes),
        releasedOn: episode.releasedOn ?? '',
      };
    }),
  };
}

/** Returns the fields of a season that an editor can change. */
export function readSeasonInput({ name, synopsis, releaseYear, episodes }: Schema<'Season'>): SeasonInput {
  return {
    ...filled({ name, synopsis, releaseYear: releaseYear ?? undefined }),
    episodes: episodes.map(({ number, name: episodeName, synopsis: text, runtimeMinutes, releasedOn }) => ({
      ...{ number, name: episodeName },
      ...filled({ synopsis: text, runtimeMinutes: runtimeMinutes ?? undefined, releasedOn: releasedOn ?? undefined }),
    })),
  };
}

/** Omits empty fields, so that equal seasons have equal fields. Keeps the order of episodes: API errors refer to it. */
export function toSeasonInput(draft: SeasonDraft): SeasonInput {
  return {
    ...filled({ name: draft.name.trim(), synopsis: draft.synopsis, releaseYear: parseNumberText(draft.releaseYear) }),
    episodes: draft.episodes.map(toEpisodeInput),
  };
}

function toEpisodeInput({ number, name, synopsis, runtimeMinutes, releasedOn }: EpisodeDraft): EpisodeInput {
  const optional = { synopsis, runtimeMinutes: parseNumberText(runtimeMinutes), releasedOn };
  return { number: Number(number), name: name.trim(), ...filled(optional) };
}

const FIELDS = ['name', 'synopsis', 'releaseYear'] as const;

/** Lists the fields and the episodes that differ. */
export function compareSeasons(before: SeasonInput, after: SeasonInput): FieldChange[] {
  const fields = FIELDS.map((name) => toChange(t(`editor.fields.${name}`), before[name], after[name]));
  const numbers = new Set([...before.episodes, ...after.episodes].map(({ number }) => number));
  const episodes = [...numbers]
    .sort((a, b) => a - b)
    .map((number) =>
      toChange(t('editor.episodes.episode', { number }), findText(before, number), findText(after, number)),
    );
  return [...fields, ...episodes].filter(({ before: old, after: next }) => old !== next);
}

/** Lists the stored episodes that a save removes, because no episode of the draft has their number. */
export function listRemovedEpisodes(before: SeasonDraft, { episodes }: SeasonDraft): EpisodeDraft[] {
  const numbers = new Set(episodes.map(({ number }) => Number(number)));
  return before.episodes.filter(({ stored, number }) => stored && !numbers.has(Number(number)));
}

/** Applies the fields and episodes that differ between two inputs to a third one. */
export function reapplySeason(
  { before, after }: { readonly before: SeasonInput; readonly after: SeasonInput },
  onto: SeasonInput,
): SeasonInput {
  const isChanged = (old: unknown, next: unknown): boolean => JSON.stringify(old) !== JSON.stringify(next);
  const choose = <Value>(old: Value, next: Value, theirs: Value): Value => (isChanged(old, next) ? next : theirs);
  const numbers = new Set([...onto.episodes, ...after.episodes].map(({ number }) => number));
  const fields = FIELDS.map((name) => [name, choose(before[name], after[name], onto[name])] as const);
  return {
    ...filled(Object.fromEntries(fields)),
    episodes: [...numbers].flatMap(
      (number) => choose(findEpisode(before, number), findEpisode(after, number), findEpisode(onto, number)) ?? [],
    ),
  };
}

function findEpisode({ episodes }: SeasonInput, wanted: number): EpisodeInput | undefined {
  return episodes.find(({ number }) => number === wanted);
}

function findText(season: SeasonInput, wanted: number): string | undefined {
  const episode = findEpisode(season, wanted);
  return episode && toEpisodeText(episode);
}

function toChange(field: string, before: unknown, after: unknown): FieldChange {
  return { field, before: before ?? null, after: after ?? null };
}

type Filled<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function filled<Fields extends object>(fields: Fields): Filled<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Filled<Fields>;
}
