import type { operations, Schema } from '@viernes/api-client';
import type { NewTitle } from '@viernes/title-csv';
import { requireData, type EdgeClient } from './edge-client.js';
import { EdgeResponseError } from './edge-errors.js';

export type Title = Schema<'Title'>;

type ListQuery = NonNullable<operations['listTitles']['parameters']['query']>;

/** Identifies a title in a list, because the titles of a list have no external IDs. */
function titleFingerprint(title: { name: string; synopsis: string; releaseYear?: number | null }): string {
  return JSON.stringify([title.name, title.releaseYear ?? null, title.synopsis]);
}

/** Lists all matching titles, page by page. */
async function* listTitles(edge: EdgeClient, filter: ListQuery = {}): AsyncGenerator<Title> {
  let cursor: string | null = null;
  do {
    const query: ListQuery = { pageSize: 100, ...filter, ...(cursor !== null && { cursor }) };
    const page: Schema<'TitlePage'> = await requireData(edge.api.GET('/v1/titles', { params: { query } }));
    yield* page.titles;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** @returns undefined if the external ID is in use */
async function createTitle(edge: EdgeClient, title: NewTitle): Promise<Title | undefined> {
  try {
    return await requireData(edge.api.POST('/v1/titles', { body: title }));
  } catch (error) {
    if (error instanceof EdgeResponseError && error.code === 'TITLE_EXISTS') return undefined;
    throw error;
  }
}

/**
 * Creates a title, or finds the one that an earlier run has created.
 *
 * @throws Error if the title with this external ID has another name, year, or synopsis, because it cannot be found then
 */
export async function findOrCreateTitle(edge: EdgeClient, title: NewTitle): Promise<Title> {
  const created = await createTitle(edge, title);
  if (created !== undefined) return created;
  const fingerprint = titleFingerprint(title);
  for await (const listed of listTitles(edge, { query: title.name })) {
    if (titleFingerprint(listed) === fingerprint) return listed;
  }
  throw new Error(`The title with the external ID ${title.externalId} has another name, year, or synopsis.`);
}
