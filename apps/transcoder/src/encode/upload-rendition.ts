import { openAsBlob } from 'node:fs';
import { askStore, expectOk } from '../store/ask-store.js';

/**
 * Puts a finished rendition where the lease said, streamed from disk with its length known. Repeated where the store is
 * away: a PUT of the same bytes to the same key changes nothing.
 *
 * @throws Error where the store stays away or refuses
 */
export async function uploadRendition(path: string, url: string, signal: AbortSignal): Promise<void> {
  await askStore(async () => {
    const body = await openAsBlob(path, { type: 'video/mp4' });
    const response = await fetch(url, { method: 'PUT', body, signal, redirect: 'error' });
    await expectOk(response, 'the PUT of a rendition');
    await response.body?.cancel();
  }, signal);
}
