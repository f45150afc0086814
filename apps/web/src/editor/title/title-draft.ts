import type { Schema } from '@viernes/api-client';
import { parseNumberText, toNumberText } from '../form/number-text.js';
import { newRowKey, type Row } from '../form/rows.js';

export type TitleInput = Schema<'NewTitle'>;
type CreditInput = NonNullable<TitleInput['credits']>[number];

export interface CreditDraft extends Row {
  readonly personId?: string | undefined;
  readonly name: string;
  readonly role: CreditInput['role'];
  readonly character: string;
}

export interface ArtworkDraft extends Row {
  readonly kind: Schema<'Artwork'>['kind'];
  readonly url: string;
  readonly widthPx: string;
  readonly heightPx: string;
  readonly alternativeText: string;
}

/** Dates with times in ISO 8601 format, or empty strings. */
export interface AvailabilityDraft extends Row {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The content of the title form. Numbers are texts, and missing values are empty. */
export interface TitleDraft {
  readonly kind: Schema<'TitleKind'>;
  readonly name: string;
  readonly slug: string;
  readonly synopsis: string;
  readonly releaseYear: string;
  readonly runtimeMinutes: string;
  readonly seasonCount: string;
  readonly maturityRating: Schema<'MaturityRating'> | '';
  readonly score: string;
  readonly genres: readonly string[];
  readonly countries: readonly Schema<'CountryCode'>[];
  readonly languages: readonly string[];
  readonly credits: readonly CreditDraft[];
  readonly artwork: readonly ArtworkDraft[];
  readonly availability: readonly AvailabilityDraft[];
  readonly externalId: string;
  readonly addedOn: string;
}

export const newCredit = (): CreditDraft => ({ key: newRowKey(), name: '', role: 'actor', character: '' });

export const newArtwork = (): ArtworkDraft => ({
  key: newRowKey(),
  kind: 'poster',
  url: '',
  widthPx: '',
  heightPx: '',
  alternativeText: '',
});

export const newAvailability = (): AvailabilityDraft => ({ key: newRowKey(), startsAt: '', endsAt: '' });

export function toDraft(input: TitleInput): TitleDraft {
  return {
    kind: input.kind,
    name: input.name,
    slug: input.slug ?? '',
    synopsis: input.synopsis ?? '',
    releaseYear: toNumberText(input.releaseYear),
    runtimeMinutes: toNumberText(input.runtimeMinutes),
    seasonCount: toNumberText(input.seasonCount),
    maturityRating: input.maturityRating ?? '',
    score: toNumberText(input.score),
    genres: input.genres ?? [],
    countries: input.countries ?? [],
    languages: input.languages ?? [],
    credits: (input.credits ?? []).map((credit) => ({ ...newCredit(), ...credit })),
    artwork: (input.artwork ?? []).map(({ widthPx, heightPx, ...image }) => ({
      ...newArtwork(),
      ...image,
      widthPx: toNumberText(widthPx),
      heightPx: toNumberText(heightPx),
    })),
    availability: (input.availability ?? []).map((window) => ({ ...newAvailability(), ...window })),
    externalId: input.externalId ?? '',
    addedOn: input.addedOn ?? '',
  };
}

/** Converts the form to the fields that the API expects. Omits empty ones, so that equal titles have equal fields. */
export function toInput(draft: TitleDraft): TitleInput {
  return withoutEmpty({
    ...draft,
    name: draft.name.trim(),
    slug: draft.slug.trim(),
    maturityRating: draft.maturityRating || undefined,
    externalId: draft.externalId.trim(),
    releaseYear: parseNumberText(draft.releaseYear),
    runtimeMinutes: parseNumberText(draft.runtimeMinutes),
    seasonCount: parseNumberText(draft.seasonCount),
    score: parseNumberText(draft.score),
    genres: [...draft.genres],
    countries: [...draft.countries],
    languages: [...draft.languages],
    credits: draft.credits.map(({ personId, role, ...credit }) =>
      withoutEmpty({ personId, name: credit.name.trim(), role, character: credit.character.trim() }),
    ),
    artwork: draft.artwork.map(({ kind, url, widthPx, heightPx, alternativeText }) => ({
      kind,
      url: url.trim(),
      widthPx: Number(widthPx),
      heightPx: Number(heightPx),
      alternativeText: alternativeText.trim(),
    })),
    availability: draft.availability.map(({ startsAt, endsAt }) => withoutEmpty({ startsAt, endsAt })),
  });
}

/** Returns the fields of a title that an editor can change. */
export function readInput(title: Schema<'TitleDetails'>): TitleInput {
  const credits = title.credits.map((credit) => ({ ...credit, character: credit.character ?? '' }));
  const { kind, name, synopsis, genres, countries, languages, artwork, slug } = title;
  const availability = title.availability.map(({ startsAt, endsAt }) => withoutEmpty({ startsAt, endsAt }));
  const optional = withoutEmpty({
    releaseYear: title.releaseYear,
    runtimeMinutes: title.runtimeMinutes,
    seasonCount: title.seasonCount,
    maturityRating: title.maturityRating,
    score: title.score,
    externalId: title.externalId,
    addedOn: title.addedOn,
  }) as Partial<TitleInput>;
  return toInput(
    toDraft({
      ...{ kind, name, synopsis, genres, languages, artwork, slug, credits, availability },
      countries: countries as Schema<'CountryCode'>[],
      ...optional,
    }),
  );
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function withoutEmpty<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as Fields;
}
