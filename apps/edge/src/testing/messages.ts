import { randomUUID } from 'node:crypto';
import { catalogV1, videoV1, type userV1 } from '@viernes/contracts';

export function titleMessage(changes: Partial<catalogV1.Title> = {}): catalogV1.Title {
  return {
    id: randomUUID(),
    kind: catalogV1.TitleKind.TITLE_KIND_FILM,
    name: 'Metropolis',
    slug: 'metropolis-1927',
    synopsis: 'A city with two floors.',
    genres: ['Drama'],
    directors: ['Fritz Lang'],
    isPlayable: false,
    createdAt: new Date().toISOString(),
    artwork: [],
    countries: [],
    languages: [],
    availability: [],
    credits: [],
    revision: 1,
    updatedAt: new Date().toISOString(),
    ...changes,
  };
}

export function titlePageMessage(titles: catalogV1.Title[] = []): catalogV1.ListTitlesResponse {
  return { titles, nextCursor: '', highlights: [], isTotalLowerBound: false };
}

export function assetMessage(changes: Partial<videoV1.Asset> = {}): videoV1.Asset {
  return {
    id: randomUUID(),
    titleId: randomUUID(),
    state: videoV1.AssetState.ASSET_STATE_PROCESSING,
    sizeBytes: 1_000,
    fileName: 'metropolis.mp4',
    renditions: [],
    createdAt: new Date().toISOString(),
    jobsAhead: 0,
    isFinal: false,
    ...changes,
  };
}

export function profileMessage(changes: Partial<userV1.Profile> = {}): userV1.Profile {
  return { id: randomUUID(), name: 'Ada', avatar: 'owl', language: 'en', isKids: false, hasPin: false, ...changes };
}
