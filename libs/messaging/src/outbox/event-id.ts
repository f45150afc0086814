import { randomFillSync } from 'node:crypto';

const RANDOM_BYTES = 10;
/** One system call for 400 IDs: one per ID would cost more than the rest of the insert. */
const pool = Buffer.allocUnsafe(RANDOM_BYTES * 400);
let used = pool.byteLength;

/**
 * Returns a UUID of version 7. IDs of later milliseconds sort after earlier ones, so that an index on them grows at its end.
 * @param nowMs epoch milliseconds
 * @see RFC 9562 section 5.7
 */
export function newEventId(nowMs: number): string {
  if (used === pool.byteLength) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, (used += RANDOM_BYTES));
  const time = nowMs.toString(16).padStart(12, '0');
  const variant = (8 | (Number.parseInt(random.charAt(3), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
