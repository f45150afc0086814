import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 24;

/** Creates a secret for one playback session: 192 random bits as base64url. */
export function createPlaybackToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Only the hash is stored, so that the table grants no access. Needs no salt, because the token is random. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Compares in constant time. */
export function isTokenValid(tokenHash: Buffer, token: string): boolean {
  return timingSafeEqual(tokenHash, hashToken(token));
}
