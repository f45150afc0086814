import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { EdgeResponseError } from '../edge/edge-errors.js';
import type { NewTitle } from '../edge/titles.js';

export type Outcome = 'created' | 'replaced' | 'unchanged' | 'rejected';

export interface ImportResult {
  readonly outcome: Outcome;
  /** Why the title was rejected. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** A request that is invalid or too large: fewer titles can be accepted. */
const DIVIDED_STATUSES = [400, 413];

/**
 * Imports titles with one request. If the edge rejects the complete request, each half is sent separately, so that one
 * title cannot reject the others.
 *
 * @returns one result per title, in their order
 */
export async function sendTitles(edge: EdgeClient, titles: NewTitle[], dryRun: boolean): Promise<ImportResult[]> {
  try {
    return (await requireData(edge.api.POST('/v1/title-imports', { body: { dryRun, titles } }))).results;
  } catch (error) {
    if (!(error instanceof EdgeResponseError) || !DIVIDED_STATUSES.includes(error.status)) throw error;
    if (titles.length === 1) {
      return [{ outcome: 'rejected', problems: [{ path: '', message: error.message }] }];
    }
    const middle = Math.ceil(titles.length / 2);
    const first = await sendTitles(edge, titles.slice(0, middle), dryRun);
    return [...first, ...(await sendTitles(edge, titles.slice(middle), dryRun))];
  }
}
