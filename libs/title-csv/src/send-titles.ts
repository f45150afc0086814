import type { ImportResult, SendTitles } from './import-titles.js';
import type { NewTitle } from './new-title.js';

/** Statuses of an invalid or too large request. Requests with fewer of its titles can succeed. */
const SPLIT_STATUSES: readonly unknown[] = [400, 413];

/**
 * Imports titles with one request. If the edge rejects the complete request, sends each half separately, so that one
 * invalid title does not prevent the import of the others.
 *
 * @param post sends one request. Its errors have the status of the response.
 */
export async function sendTitles(post: SendTitles, titles: NewTitle[]): Promise<readonly ImportResult[]> {
  try {
    return await post(titles);
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error) || !SPLIT_STATUSES.includes(error.status)) throw error;
    if (titles.length === 1) {
      return [{ outcome: 'rejected', problems: [{ path: '', message: error.message }] }];
    }
    const middle = Math.ceil(titles.length / 2);
    const first = await sendTitles(post, titles.slice(0, middle));
    return [...first, ...(await sendTitles(post, titles.slice(middle)))];
  }
}
