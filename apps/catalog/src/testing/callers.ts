import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newTraceId, runInContext, type CallerRole } from '@viernes/platform';

/** Runs as somebody who is signed in. */
export function asCaller<Result>(role: CallerRole, work: () => Promise<Result>): Promise<Result> {
  return runInContext({ traceId: newTraceId(), accountId: randomUUID(), sessionId: randomUUID(), role }, work);
}

export function newTitle(changes: Partial<catalogV1.CreateTitleRequest>): catalogV1.CreateTitleRequest {
  return {
    kind: catalogV1.TitleKind.TITLE_KIND_FILM,
    name: 'Nosferatu',
    synopsis: '',
    releaseYear: undefined,
    genres: [],
    directors: [],
    maturityRating: undefined,
    runtimeMinutes: undefined,
    score: undefined,
    externalId: undefined,
    ...changes,
  };
}

export function page(changes: Partial<catalogV1.ListTitlesRequest>): catalogV1.ListTitlesRequest {
  return {
    pageSize: 0,
    cursor: '',
    query: '',
    kind: catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED,
    genre: '',
    playableOnly: false,
    ...changes,
  };
}
