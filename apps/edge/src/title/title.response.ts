import { ARTWORK_KINDS, catalogV1, CREDIT_ROLES } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { CreditResponse, TitleDetailsResponse, TitleResponse } from './title.schema.js';

export function toTitleResponse(title: catalogV1.Title): TitleResponse {
  return {
    id: title.id,
    kind: title.kind === catalogV1.TitleKind.TITLE_KIND_SERIES ? 'series' : 'film',
    name: title.name,
    slug: title.slug,
    synopsis: title.synopsis,
    releaseYear: title.releaseYear ?? null,
    genres: title.genres,
    directors: title.directors,
    // The catalog service accepts these ratings only.
    maturityRating: (title.maturityRating as TitleResponse['maturityRating'] | undefined) ?? null,
    minimumAge: title.minimumAge ?? null,
    runtimeMinutes: title.runtimeMinutes ?? null,
    seasonCount: title.seasonCount ?? null,
    score: title.score ?? null,
    artwork: title.artwork.map(({ kind, ...artwork }) => ({
      kind: fromEnum(ARTWORK_KINDS, kind, 'artwork'),
      ...artwork,
    })),
    isPlayable: title.isPlayable,
    assetId: title.assetId ?? null,
    durationMs: title.durationMs ?? null,
    createdAt: required(title.createdAt, 'created_at'),
  };
}

export function toTitleDetailsResponse(title: catalogV1.Title): TitleDetailsResponse {
  return {
    ...toTitleResponse(title),
    externalId: title.externalId ?? null,
    countries: title.countries,
    languages: title.languages,
    addedOn: title.addedOn ?? null,
    availability: title.availability.map(({ startsAt, endsAt }) => ({
      startsAt: required(startsAt, 'starts_at'),
      ...(endsAt !== undefined && { endsAt }),
    })),
    credits: title.credits.map(toCreditResponse),
    revision: title.revision,
    updatedAt: required(title.updatedAt, 'updated_at'),
  };
}

export function toCreditResponse({ personId, name, role, character }: catalogV1.Credit): CreditResponse {
  return { personId, name, role: fromEnum(CREDIT_ROLES, role, 'role'), character: character ?? null };
}

export function toTitleKindMessage(kind: TitleResponse['kind'] | undefined): catalogV1.TitleKind {
  if (kind === undefined) return catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED;
  return kind === 'series' ? catalogV1.TitleKind.TITLE_KIND_SERIES : catalogV1.TitleKind.TITLE_KIND_FILM;
}

/** The numbers of these enums are the positions in the list of names, starting with 1. */
function fromEnum<Name>(names: readonly Name[], number: number, field: string): Name {
  return required(names[number - 1], field);
}
