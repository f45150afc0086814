import type { operations, Schema } from '@viernes/api-client';
import { requireData, type EdgeClient } from './edge-client.js';
import { EdgeResponseError } from './edge-errors.js';

export type Title = Schema<'Title'>;
/** A title with an external ID, so that creating it again is detected. */
export type NewTitle = Schema<'NewTitle'> & { readonly synopsis: string; readonly externalId: string };

type ListQuery = NonNullable<operations['listTitles']['parameters']['query']>;

/** Identifies a title in a list, because the API does not return external IDs. */
export function titleFingerprint(title: { name: string; synopsis: string; releaseYear?: number | null }): string {
  return JSON.stringify([title.name, title.releaseYear ?? null, title.synopsis]);
}

/** Lists all matching titles, page by page. */
export async function* listTitles(edge: EdgeClient, filter: ListQuery = {}): AsyncGenerator<Title> {
  let cursor: string | null = null;
  do {
    const query: ListQuery = { pageSize: 100, ...filter, ...(cursor !== null && { cursor }) };
    const page: Schema<'TitlePage'> = await requireData(edge.api.GET('/v1/titles', { params: { query } }));
    yield* page.titles;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** @returns undefined if the external ID is in use */
export async function createTitle(edge: EdgeClient, title: NewTitle): Promise<Title | undefined> {
  try {
    return await requireData(edge.api.POST('/v1/titles', { body: title }));
  } catch (error) {
    if (error instanceof EdgeResponseError && error.code === 'TITLE_EXISTS') return undefined;
    throw error;
  }
}

/**
 * Returns the title, created now or by an earlier run.
 *
 * @throws Error if a title with this external ID exists under another name, because it cannot be found then
 */
export async function findOrCreateTitle(edge: EdgeClient, title: NewTitle): Promise<Title> {
  const created = await createTitle(edge, title);
  if (created !== undefined) return created;
  const fingerprint = titleFingerprint(title);
  for await (const listed of listTitles(edge, { query: title.name })) {
    if (titleFingerprint(listed) === fingerprint) return listed;
  }
  throw new Error(`The external ID ${title.externalId} is in use by a title that is not named "${title.name}".`);
}
