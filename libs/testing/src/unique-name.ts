import { randomBytes } from 'node:crypto';

/** A name that no other test, run or file has: `titles_3f9c0a1b2c3d`. Fits databases, topics (with `_`) and accounts. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}
