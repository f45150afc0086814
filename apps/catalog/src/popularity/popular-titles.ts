import type { Transaction } from '@viernes/database';

/** Lists the currently popular titles. A port: a recommender can replace the counted views. */
export abstract class PopularTitles {
  /** Lists the IDs of visible titles, most popular first. */
  abstract listIds(tx: Transaction, limit: number): Promise<readonly string[]>;
}
