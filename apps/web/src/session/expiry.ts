import type { Session } from '../api/types.js';

/** How long before its end a token counts as spent: a slow request must still arrive with a valid one. */
const MARGIN_MS = 30_000;
/** No timer closer than this: a server clock ahead of ours must not make us refresh without pause. */
const SHORTEST_DELAY_MS = 5_000;

/** Whether the access token is good for the request about to be made. */
export function isFresh(session: Pick<Session, 'accessExpiresAt'>, nowMs: number): boolean {
  return Date.parse(session.accessExpiresAt) - MARGIN_MS > nowMs;
}

/** How long to wait before refreshing ahead of the end, in milliseconds. */
export function refreshDelayMs(session: Pick<Session, 'accessExpiresAt'>, nowMs: number): number {
  return Math.max(SHORTEST_DELAY_MS, Date.parse(session.accessExpiresAt) - 2 * MARGIN_MS - nowMs);
}
