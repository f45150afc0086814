import type { Account } from '../account/account.js';

/** How long the edge accepts an access token. It verifies the signature without a call to this service. */
export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;

/** A session expires this long after its last refresh. */
export const SESSION_TTL_DAYS = 30;

/** Sessions per account, far above the devices of a household. A new session replaces the least recently refreshed one. */
export const MAX_SESSIONS = 50;

export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly expiresAt: Date;
}
