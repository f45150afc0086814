import type { CatalogClient } from '../upstream/upstream.js';
import { toCreditResponse } from './title.response.js';
import type { TitleResponse } from './title.schema.js';

/** Adds the credits to the titles of a list. */
export async function includeCredits(
  catalog: CatalogClient,
  listed: readonly TitleResponse[],
): Promise<TitleResponse[]> {
  const { titles } = await catalog.batchGetCredits({ titleIds: listed.map(({ id }) => id) });
  const credits = new Map(titles.map((title) => [title.titleId, title.credits.map(toCreditResponse)]));
  return listed.map((title) => ({ ...title, credits: credits.get(title.id) ?? [] }));
}
