import type { EdgeClient } from './edge-client.js';
import { EdgeRefusal } from './problem.js';

/** The body of POST /v1/titles. */
export interface NewTitle {
  readonly kind: 'film' | 'series';
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear?: number;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  readonly maturityRating?: string;
  readonly runtimeMinutes?: number;
  readonly score?: number;
  readonly externalId: string;
}

/** A title as the API answers it, as far as seeding looks. */
export interface KnownTitle {
  readonly id: string;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  /** Set while the title is playable. */
  readonly assetId: string | null;
}

interface TitlePage {
  readonly titles: readonly KnownTitle[];
  readonly nextCursor: string | null;
}

/** What tells that a listed title is the one we would make: the API does not show external ids. */
export function titleFingerprint(title: { name: string; synopsis: string; releaseYear?: number | null }): string {
  return JSON.stringify([title.name, title.releaseYear ?? null, title.synopsis]);
}

/** Every title of the platform, page after page. */
export async function* listTitles(edge: EdgeClient, query: Record<string, string> = {}): AsyncGenerator<KnownTitle> {
  let cursor: string | null = null;
  do {
    const parameters = new URLSearchParams({ pageSize: '100', ...query, ...(cursor !== null && { cursor }) });
    const page: TitlePage = await edge.get<TitlePage>(`/v1/titles?${parameters.toString()}`);
    yield* page.titles;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** @returns undefined when a title with this external id exists already */
export async function makeTitle(edge: EdgeClient, title: NewTitle): Promise<KnownTitle | undefined> {
  try {
    return (await edge.post<KnownTitle>('/v1/titles', title)).body;
  } catch (error) {
    if (error instanceof EdgeRefusal && error.code === 'TITLE_EXISTS') return undefined;
    throw error;
  }
}

/**
 * The title, made now or by an earlier run.
 *
 * @throws Error when a title with this external id exists under another name, so that it cannot be found
 */
export async function findOrMakeTitle(edge: EdgeClient, title: NewTitle): Promise<KnownTitle> {
  const made = await makeTitle(edge, title);
  if (made !== undefined) return made;
  const wanted = titleFingerprint(title);
  for await (const listed of listTitles(edge, { query: title.name })) {
    if (titleFingerprint(listed) === wanted) return listed;
  }
  throw new Error(`the title ${title.externalId} exists, but not as "${title.name}"`);
}
