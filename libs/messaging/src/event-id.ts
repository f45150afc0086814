import { randomBytes } from 'node:crypto';

/**
 * A UUID of version 7: ids made later sort later (to the millisecond), so that an index over them grows at its end.
 * @param nowMs epoch milliseconds
 * @see RFC 9562 section 5.7
 */
export function newEventId(nowMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
