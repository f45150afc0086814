import { CodedError } from '@viernes/contracts';

/** The last title of a page of titles, which are listed latest first. */
export interface TimeCursor {
  /** In milliseconds: the columns have the same precision. */
  readonly at: Date;
  readonly titleId: string;
}

export interface TimePage<Entry> {
  readonly entries: readonly Entry[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

const CURSOR = /^(?<atMs>\d{1,15}):(?<titleId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @param found the entries of the page, and an extra one if there is a next page */
export function toTimePage<Entry>(
  found: readonly Entry[],
  pageSize: number,
  toCursor: (entry: Entry) => TimeCursor,
): TimePage<Entry> {
  const entries = found.slice(0, pageSize);
  const last = found.length > pageSize ? entries.at(-1) : undefined;
  return { entries, nextCursor: last === undefined ? '' : encode(toCursor(last)) };
}

/**
 * @returns undefined for the first page, whose cursor is empty
 * @throws CodedError CURSOR_INVALID
 */
export function decodeTimeCursor(cursor: string): TimeCursor | undefined {
  if (cursor === '') return undefined;
  const { atMs, titleId } = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.groups ?? {};
  if (atMs === undefined || titleId === undefined) throw new CodedError('CURSOR_INVALID');
  return { at: new Date(Number(atMs)), titleId };
}

function encode({ at, titleId }: TimeCursor): string {
  return Buffer.from(`${at.getTime()}:${titleId}`).toString('base64url');
}
