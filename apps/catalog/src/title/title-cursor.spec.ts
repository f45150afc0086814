import { matchCursor, newestCursor, parseMatchCursor, parseNewestCursor } from './title-cursor.js';

const id = '0197c1a2-0000-4000-8000-00000000abcd';

describe('a cursor', () => {
  it('leads back to its place', () => {
    const newest = { createdAtMs: 1_795_300_000_123, id };
    expect(parseNewestCursor(newestCursor(newest))).toEqual(newest);
    const match = { rank: 2_750, id };
    expect(parseMatchCursor(matchCursor(match))).toEqual(match);
  });

  it('is absent on the first page', () => {
    expect(parseNewestCursor('')).toBeUndefined();
    expect(parseMatchCursor('')).toBeUndefined();
  });

  it.each([
    ['of a search', matchCursor({ rank: 1, id })],
    ['with a number too long to be a moment', Buffer.from(`newest:${'9'.repeat(16)}:${id}`).toString('base64url')],
    ['with something behind it', Buffer.from(`newest:1:${id};drop`).toString('base64url')],
    ['that is plain text', 'page-2'],
    ['of bytes', '\u0000\ud800'],
  ])('is refused when it is one %s', (_, cursor) => {
    expect(() => parseNewestCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  it('of a list is refused by a search', () => {
    const cursor = newestCursor({ createdAtMs: 1, id });
    expect(() => parseMatchCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
