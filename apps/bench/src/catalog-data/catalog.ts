import { fillCatalog, type CatalogTitle } from './fill-catalog.js';
import type { BenchContext } from '../run/bench.js';

let filled: { readonly count: number; readonly titles: Promise<readonly CatalogTitle[]> } | undefined;

/** Fills the catalog of the platform. All benches of a run share the titles. */
export function useCatalog({ platform, options, onStep }: BenchContext): Promise<readonly CatalogTitle[]> {
  if (filled?.count !== options.titles) {
    onStep(`writing ${options.titles} titles`);
    filled = { count: options.titles, titles: fillCatalog(platform.catalogDatabaseUrl, options.titles) };
  }
  return filled.titles;
}

/** Returns the path of the page that follows this title in the list. */
export function toPagePath(title: CatalogTitle): string {
  return `/v1/titles?pageSize=20&cursor=${toPageCursor(title)}`;
}

/** Returns the cursor of the page that follows this title in the list. */
export function toPageCursor({ id, createdAtMs }: CatalogTitle): string {
  return Buffer.from(`newest:${createdAtMs}:${id}`).toString('base64url');
}

export function toTitlePath({ id }: CatalogTitle): string {
  return `/v1/titles/${id}`;
}
