import { createHash, randomBytes } from 'node:crypto';

/** Returns 256 random bits. */
export function createRandomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A plain SHA-256 suffices, because guessing 256 random bits is infeasible. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
