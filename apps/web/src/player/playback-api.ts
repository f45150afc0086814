import type { Playback } from '../api/types.js';
import { requestJson, sendFarewell } from '../session/authorised.js';

const address = (playbackId: string): string => `/v1/playback/${encodeURIComponent(playbackId)}`;

/** Takes one of the account's stream slots. @throws Problem TITLE_NOT_PLAYABLE, STREAM_LIMIT_REACHED and others */
export const startPlayback = (titleId: string, profileId: string): Promise<Playback> =>
  requestJson<Playback>('/v1/playback', { method: 'POST', body: { titleId, profileId } });

/** Keeps the slot and reports the position. @throws Problem PLAYBACK_NOT_FOUND when the slot is gone */
export const heartbeat = (playbackId: string, positionMs: number): Promise<{ expiresAt: string }> =>
  requestJson(`${address(playbackId)}/heartbeats`, { method: 'POST', body: { positionMs } });

/** The last heartbeat of a page that may never come back to the front: sent even while the page goes away. */
export const lastHeartbeat = (playbackId: string, positionMs: number): void =>
  sendFarewell(`${address(playbackId)}/heartbeats`, { method: 'POST', body: { positionMs } });

/** Frees the slot and tells the last position; sent even while the page goes away. */
export const endPlayback = (playbackId: string, positionMs: number): void =>
  sendFarewell(`${address(playbackId)}?positionMs=${positionMs}`, { method: 'DELETE' });
