import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 24;

/** A secret for one playback session: 192 bits, base64url. */
export function newPlaybackToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is stored: who reads the table cannot play with it. Without salt, since the token is random itself. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** In a time that does not depend on where they differ. */
export function isTokenOf(tokenHash: Buffer, token: string): boolean {
  return timingSafeEqual(tokenHash, hashToken(token));
}
