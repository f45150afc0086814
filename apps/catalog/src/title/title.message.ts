import { ARTWORK_KINDS, catalogV1 } from '@viernes/contracts';
import { toCreditMessage } from '../person/credit.message.js';
import type { Artwork, Title, TitleDetails, TitleKind } from './title.js';

const KINDS: Readonly<Record<TitleKind, catalogV1.TitleKind>> = {
  film: catalogV1.TitleKind.TITLE_KIND_FILM,
  series: catalogV1.TitleKind.TITLE_KIND_SERIES,
};

/** Returns the message of a title in a list. The fields of the details are empty. */
export function toTitleMessage(title: Title): catalogV1.Title {
  const { asset } = title;
  return {
    id: title.id,
    kind: KINDS[title.kind],
    name: title.name,
    slug: title.slug,
    synopsis: title.synopsis,
    releaseYear: title.releaseYear,
    genres: [...title.genres],
    directors: [...title.directors],
    maturityRating: title.maturityRating,
    minimumAge: title.minimumAge,
    runtimeMinutes: title.runtimeMinutes,
    seasonCount: title.seasonCount,
    score: title.score,
    artwork: title.artwork.map(toArtworkMessage),
    createdAt: title.createdAt.toISOString(),
    isPlayable: asset !== undefined,
    assetId: asset?.assetId,
    durationMs: asset?.durationMs,
    countries: [],
    languages: [],
    availability: [],
    credits: [],
    revision: 0,
    externalId: undefined,
    addedOn: undefined,
    updatedAt: undefined,
  };
}

export function toTitleDetailsMessage(title: TitleDetails): catalogV1.Title {
  const { countries, languages, availability, credits, revision, externalId, addedOn, updatedAt } = title;
  return {
    ...toTitleMessage(title),
    countries: [...countries],
    languages: [...languages],
    availability: availability.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
    credits: credits.map(toCreditMessage),
    revision,
    externalId,
    addedOn,
    updatedAt: updatedAt.toISOString(),
  };
}

/** The numbers of the enum are the positions in the list of kinds, starting with 1. */
function toArtworkMessage({ kind, ...artwork }: Artwork): catalogV1.Artwork {
  return { ...artwork, kind: ARTWORK_KINDS.indexOf(kind) + 1 };
}
