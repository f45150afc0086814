import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge, edgeOnUnload } from '../session/edge-client.js';

/** Starts a session, which counts as a stream of the account. @throws Problem STREAM_LIMIT_REACHED and others */
export const startPlayback = (videoId: string, profileId: string): Promise<Schema<'Playback'>> =>
  readData(edge.POST('/v1/playback', { body: { titleId: videoId, profileId } }));

/** Extends the session and reports the position. @throws Problem PLAYBACK_NOT_FOUND if the session has expired */
export async function sendHeartbeat(id: string, positionMs: number): Promise<void> {
  await edge.POST('/v1/playback/{id}/heartbeats', { params: { path: { id } }, body: { positionMs } });
}

/** Reports the position of a hidden page, which the browser can close at any time. */
export function sendLastHeartbeat(id: string, positionMs: number): void {
  edgeOnUnload
    .POST('/v1/playback/{id}/heartbeats', { params: { path: { id } }, body: { positionMs } })
    .catch(() => undefined);
}

/** Ends the session and reports the last position. The request outlives the page. */
export function endPlayback(id: string, positionMs: number): void {
  edgeOnUnload.DELETE('/v1/playback/{id}', { params: { path: { id }, query: { positionMs } } }).catch(() => undefined);
}
