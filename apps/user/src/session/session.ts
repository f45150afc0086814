import type { Account } from '../account/account.js';

/** How long an access token is believed without asking us, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** A session nobody renews for this long ends; each renewal starts it anew. */
export const SESSION_DAYS = 30;

/**
 * A refresh token used twice within this time gets a second answer instead of ending the session: two tabs that wake up
 * together, or an answer lost on its way. Longer gives a thief more time, shorter signs out people on slow networks.
 */
export const REUSE_GRACE_MS = 10_000;

/** How long a used refresh token is remembered, to see it come back. A session renewed each 15 minutes keeps some 700. */
export const USED_TOKEN_DAYS = 7;

/** Sessions of one account at a time; one more ends the one that was renewed longest ago. Far above a household's screens. */
export const SESSIONS_MAX = 50;

export interface OpenSession {
  readonly id: string;
  readonly account: Account;
  readonly endsAt: Date;
}

/** A refresh token that somebody presents, as we know it. */
export interface PresentedToken {
  readonly hasSessionEnded: boolean;
  /** Undefined where it was never used. Slightly negative where another process used it a moment ago. */
  readonly usedAgoMs: number | undefined;
}

/**
 * What to do about a refresh token. One that was used before is in two hands, and nobody can tell which is the owner's:
 * the session ends for both.
 *
 * @see RFC 9700 (OAuth 2.0 security), 4.14.2: refresh token rotation
 */
export function decideRefresh({ hasSessionEnded, usedAgoMs }: PresentedToken): 'rotate' | 'end-session' | 'refuse' {
  if (hasSessionEnded) return 'refuse';
  return usedAgoMs === undefined || usedAgoMs <= REUSE_GRACE_MS ? 'rotate' : 'end-session';
}
