import type { Account } from '../account/account.js';

/**
 * A used refresh token is accepted again for this long: two tabs can refresh together, and a response can be lost. A longer
 * period helps attackers, a shorter one signs out users on slow networks.
 */
export const REUSE_GRACE_MS = 10_000;

/** Used tokens are stored this long to detect reuse. A session that is refreshed every 15 minutes has about 700. */
export const USED_TOKEN_RETENTION_DAYS = 7;

/** A presented refresh token that is stored. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly account: Account;
  readonly isSessionExpired: boolean;
  /**
   * Time since this token or a sibling was first used. Undefined if neither was. Can be slightly negative, because a
   * concurrent transaction can start later.
   */
  readonly usedAgoMs: number | undefined;
}

/**
 * Decides what to do with a presented refresh token.
 *
 * A refresh with an unused token marks all unused tokens of the session as used, not only the presented one. In the grace
 * period, two tabs can exchange the same token for two new ones. When one of these siblings is used, the other is marked,
 * too, and accepted for one more grace period. Otherwise, an attacker could exchange a token in the grace period and use
 * the result indefinitely.
 *
 * A used token that is presented after the grace period shows that two parties have tokens of the session. The service
 * cannot identify the owner, so it revokes the session for both. Browser tabs are not affected: they share one cookie,
 * which contains a recent token, and the grace period covers tabs that refresh together.
 *
 * @see RFC 9700 (OAuth 2.0 security), section 4.14.2: refresh token rotation
 */
export function decideRefresh({
  isSessionExpired,
  usedAgoMs,
}: Pick<RefreshToken, 'isSessionExpired' | 'usedAgoMs'>): 'refresh' | 'revoke-session' | 'reject' {
  if (isSessionExpired) return 'reject';
  return usedAgoMs === undefined || usedAgoMs <= REUSE_GRACE_MS ? 'refresh' : 'revoke-session';
}
