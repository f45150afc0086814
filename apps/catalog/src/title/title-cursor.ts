import { CodedError } from '@viernes/contracts';

/** The last title of a page of the list, newest first. */
export interface NewestCursor {
  readonly createdAtMs: number;
  readonly id: string;
}

/** The last title of a page of search results, best match first. */
export interface MatchCursor {
  readonly rank: number;
  readonly id: string;
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NEWEST = new RegExp(`^newest:(\\d{1,15}):(${ID})$`);
const MATCH = new RegExp(`^match:(\\d{1,11}):(${ID})$`);

/** Encodes a cursor as text that clients return unchanged. */
export function encodeNewestCursor({ createdAtMs, id }: NewestCursor): string {
  return encode('newest', createdAtMs, id);
}

/** Encodes a cursor as text that clients return unchanged. */
export function encodeMatchCursor({ rank, id }: MatchCursor): string {
  return encode('match', rank, id);
}

/**
 * @returns undefined for the empty cursor of the first page
 * @throws CodedError CURSOR_INVALID for any text that encodeNewestCursor does not produce
 */
export function decodeNewestCursor(cursor: string): NewestCursor | undefined {
  if (cursor === '') return undefined;
  const [createdAtMs, id] = decode(cursor, NEWEST);
  return { createdAtMs, id };
}

/**
 * @returns undefined for the empty cursor of the first page
 * @throws CodedError CURSOR_INVALID for any text that encodeMatchCursor does not produce
 */
export function decodeMatchCursor(cursor: string): MatchCursor | undefined {
  if (cursor === '') return undefined;
  const [rank, id] = decode(cursor, MATCH);
  return { rank, id };
}

function encode(list: 'newest' | 'match', number: number, id: string): string {
  return Buffer.from(`${list}:${number}:${id}`).toString('base64url');
}

function decode(cursor: string, pattern: RegExp): [number, string] {
  const [, number, id] = pattern.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (number === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return [Number(number), id];
}
