import type { TitleDetails } from '../title/title.js';

/** Recommends titles that are similar to another one. A port: a recommender can replace the similarity of stored fields. */
export abstract class RelatedTitles {
  /** Lists the IDs of other titles, most similar first. They can be unavailable. */
  abstract listIds(title: TitleDetails, limit: number): Promise<readonly string[]>;
}
