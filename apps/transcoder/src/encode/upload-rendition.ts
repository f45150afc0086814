import { openAsBlob } from 'node:fs';
import pRetry, { AbortError } from 'p-retry';

/** The address is spent or wrong: only a new lease brings another. */
const REFUSED: readonly number[] = [400, 401, 403, 404];

/**
 * Puts a finished rendition where the lease said, streamed from disk with its length known. Repeated where the store is
 * away: a PUT of the same bytes to the same key changes nothing.
 *
 * @throws Error where the store stays away or refuses
 */
export async function uploadRendition(path: string, url: string, signal: AbortSignal): Promise<void> {
  await pRetry(
    async () => {
      const body = await openAsBlob(path, { type: 'video/mp4' });
      const response = await fetch(url, { method: 'PUT', body, signal, redirect: 'error' });
      await response.body?.cancel();
      if (response.ok) return;
      const error = new Error(`the store answers ${response.status} to the PUT of a rendition`);
      throw REFUSED.includes(response.status) ? new AbortError(error) : error;
    },
    { retries: 5, minTimeout: 200, maxTimeout: 5_000, randomize: true, signal },
  );
}
