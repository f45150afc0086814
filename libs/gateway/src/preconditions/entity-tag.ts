import { createHash } from 'node:crypto';
import { ENCODINGS, toEncodedTag, type Encoding } from '../compression/select-encoding.js';

/** Returns a strong entity tag: equal tags mean equal bytes (RFC 9110 section 8.8.1). Each encoding has its own. */
export function toEntityTag(body: Buffer, encoding: Encoding): string {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return toEncodedTag(`"${hash}"`, encoding);
}

/** Returns whether `If-None-Match` lists the tag, by weak comparison (RFC 9110 sections 8.8.3.2 and 13.1.2). */
export function matchesEntityTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  // Our tags contain no comma, so a tag of another server that does cannot match.
  return ifNoneMatch.split(',').some((listed) => listed.trim().replace(/^W\//, '') === etag);
}

/**
 * Returns whether `If-Match` lists a current entity tag, by strong comparison (RFC 9110 section 13.1.1). The
 * representation has one tag per encoding, and the client changes the same content whichever it has read.
 *
 * @param representation the body of a response of now to a read, before its serialization
 */
export function matchesIfMatch(ifMatch: string | undefined, representation: unknown): boolean {
  if (ifMatch === undefined) return false;
  if (ifMatch.trim() === '*') return true;
  const body = Buffer.from(JSON.stringify(representation));
  const current = ENCODINGS.map((encoding) => toEntityTag(body, encoding));
  return ifMatch.split(',').some((listed) => current.includes(listed.trim()));
}
