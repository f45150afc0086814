import { hash } from 'node:crypto';
import type { z } from 'zod';
import { ENCODINGS, toEncodedTag, type Encoding } from '../compression/select-encoding.js';
import { toXml } from '../formats/to-xml.js';

/** Returns a strong entity tag: equal tags mean equal bytes (RFC 9110 section 8.8.1). Each encoding has its own. */
export function toEntityTag(body: Buffer, encoding: Encoding): string {
  return toEncodedTag(`"${hash('sha256', body, 'base64url').slice(0, 22)}"`, encoding);
}

/** Returns whether `If-None-Match` lists the tag, by weak comparison (RFC 9110 sections 8.8.3.2 and 13.1.2). */
export function matchesEntityTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  // A tag of another server can contain a comma. Its fragments cannot match, because each lacks a quotation mark.
  return ifNoneMatch.split(',').some((listed) => listed.trim().replace(/^W\//, '') === etag);
}

/**
 * Returns whether `If-Match` lists a current entity tag, by strong comparison (RFC 9110 section 13.1.1). Each format
 * and encoding has its own tag, and the client can have read any of them.
 *
 * @param content the body of a current response to a read, before its serialization
 * @param schema of the response
 */
export function matchesIfMatch(ifMatch: string | undefined, content: unknown, schema: z.ZodType): boolean {
  if (ifMatch === undefined) return false;
  if (ifMatch.trim() === '*') return true;
  const listed = ifMatch.split(',').map((tag) => tag.trim());
  return [JSON.stringify(content), toXml(content, schema)].some((text) => {
    const body = Buffer.from(text);
    return ENCODINGS.some((encoding) => listed.includes(toEntityTag(body, encoding)));
  });
}
