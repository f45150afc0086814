import type { CatalogClient } from '../upstream/upstream.js';
import { toTitleResponse } from './title.response.js';
import type { TitleResponse } from './title.schema.js';

/** Returns titles in the order of their IDs, without those that do not exist for the caller. */
export async function listTitlesById(catalog: CatalogClient, titleIds: string[]): Promise<TitleResponse[]> {
  if (titleIds.length === 0) return [];
  const { titles } = await catalog.batchGetTitles({ titleIds });
  return titles.map(toTitleResponse);
}
