import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses one, so a plain SHA-256 is enough to keep it unreadable in the database. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

export function refreshTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
