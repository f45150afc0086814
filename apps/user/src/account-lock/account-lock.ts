import { createHash } from 'node:crypto';

/** An account is locked after this many wrong passwords in a row. */
export const MAX_FAILURES = 10;

const FIRST_LOCK_SECONDS = 60;
const MAX_LOCK_SECONDS = 3_600;

/** Failures are deleted this long after the last one. */
export const FAILURE_RETENTION_HOURS = 24;

/** The wrong passwords for an email since the last correct one. */
export interface Failures {
  readonly count: number;
  readonly lockedUntil: Date | null;
  readonly isLocked: boolean;
}

/** Returns how long an account is locked: a minute, and twice as long for each further failure, up to an hour. */
export function lockSeconds(failureCount: number): number {
  if (failureCount < MAX_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** Math.min(failureCount - MAX_FAILURES, 16), MAX_LOCK_SECONDS);
}

/**
 * The purpose of a password. Wrong passwords of signed-in callers are counted separately: an attacker with only the email must
 * not block changes by the owner, and one with a stolen session must not get more guesses than at a sign-in.
 */
export type PasswordUse = 'signIn' | 'confirmation';

/** Emails without an account are counted too, so the table must not contain them in plain text. */
export function hashEmail(email: string, use: PasswordUse = 'signIn'): Buffer {
  return createHash('sha256')
    .update(use === 'signIn' ? email : `confirmation:${email}`)
    .digest();
}
