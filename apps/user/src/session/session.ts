import type { Account } from '../account/account.js';

/** A session expires this long after its last refresh. */
export const SESSION_TTL_DAYS = 30;

/** Sessions per account, far above the devices of a household. A new session replaces the least recently refreshed one. */
export const MAX_SESSIONS = 50;

export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly expiresAt: Date;
}
