import { decodeMatchCursor, decodeNewestCursor, encodeMatchCursor, encodeNewestCursor } from './title-cursor.js';

const id = '0197c1a2-0000-4000-8000-00000000abcd';

describe('title cursors', () => {
  it('decodes an encoded cursor to the same position', () => {
    const newest = { createdAtMs: 1_795_300_000_123, id };
    expect(decodeNewestCursor(encodeNewestCursor(newest))).toEqual(newest);
    const match = { rank: 2_750, id };
    expect(decodeMatchCursor(encodeMatchCursor(match))).toEqual(match);
  });

  it('decodes the empty cursor of the first page to undefined', () => {
    expect(decodeNewestCursor('')).toBeUndefined();
    expect(decodeMatchCursor('')).toBeUndefined();
  });

  it.each([
    ['a search cursor', encodeMatchCursor({ rank: 1, id })],
    ['a time with too many digits', Buffer.from(`newest:${'9'.repeat(16)}:${id}`).toString('base64url')],
    ['text after the ID', Buffer.from(`newest:1:${id};drop`).toString('base64url')],
    ['plain text', 'page-2'],
    ['text that is not Unicode', '\u0000\ud800'],
  ])('rejects %s as a cursor of the title list', (_, cursor) => {
    expect(() => decodeNewestCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  it('rejects a cursor of the title list as a cursor of a search', () => {
    const cursor = encodeNewestCursor({ createdAtMs: 1, id });
    expect(() => decodeMatchCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
