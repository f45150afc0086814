import { CodedError } from '@viernes/contracts';

/** A place in the list of all titles, newest first: the last title seen. */
export interface NewestPlace {
  readonly createdAtMs: number;
  readonly id: string;
}

/** A place in the answers to a search, best first: the last title seen and its rank. */
export interface MatchPlace {
  readonly rank: number;
  readonly id: string;
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NEWEST = new RegExp(`^newest:(\\d{1,15}):(${ID})$`);
const MATCH = new RegExp(`^match:(\\d{1,6}):(${ID})$`);

/** Opaque to callers: they may only send it back. */
export function newestCursor({ createdAtMs, id }: NewestPlace): string {
  return Buffer.from(`newest:${createdAtMs}:${id}`).toString('base64url');
}

export function matchCursor({ rank, id }: MatchPlace): string {
  return Buffer.from(`match:${rank}:${id}`).toString('base64url');
}

/**
 * @returns undefined for the empty cursor of a first page
 * @throws CodedError CURSOR_INVALID where the text is no cursor of this list, a cursor of a search among them
 */
export function parseNewestCursor(cursor: string): NewestPlace | undefined {
  if (cursor === '') return undefined;
  const [createdAtMs, id] = read(cursor, NEWEST);
  return { createdAtMs, id };
}

/** As parseNewestCursor, for the answers to a search. */
export function parseMatchCursor(cursor: string): MatchPlace | undefined {
  if (cursor === '') return undefined;
  const [rank, id] = read(cursor, MATCH);
  return { rank, id };
}

function read(cursor: string, pattern: RegExp): [number, string] {
  const [, number, id] = pattern.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (number === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return [Number(number), id];
}
