import type { Schema } from '@viernes/api-client';

type Expiry = Pick<Schema<'Session'>, 'accessExpiresAt'>;

/** A token counts as expired this long before its expiry, so that a slow request still arrives with a valid one. */
const MARGIN_MS = 30_000;
/** Prevents continuous refreshes when the server's clock is ahead of the browser's. */
const MIN_DELAY_MS = 5_000;

/** Whether the access token is valid for a request that starts now. */
export function isFresh(session: Expiry, nowMs: number): boolean {
  return Date.parse(session.accessExpiresAt) - MARGIN_MS > nowMs;
}

/** Returns the delay until the refresh before the expiry, in milliseconds. */
export function refreshDelayMs(session: Expiry, nowMs: number): number {
  return Math.max(MIN_DELAY_MS, Date.parse(session.accessExpiresAt) - 2 * MARGIN_MS - nowMs);
}
