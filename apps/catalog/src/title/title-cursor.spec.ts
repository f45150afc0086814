import {
  decodeMatchCursor,
  decodeOrderCursor,
  encodeMatchCursor,
  encodeOrderCursor,
  type OrderCursor,
} from './title-cursor.js';

const id = '0197c1a2-0000-4000-8000-00000000abcd';
const createdAtMs = 1_795_300_000_123;

describe('title cursors', () => {
  it.each<OrderCursor>([
    { order: 'newest', createdAtMs, id },
    { order: 'name', language: 'es', name: '千と千尋の神隠し: "2" 👩‍🚀', id },
    { order: 'name', language: 'en', name: 'é'.repeat(200), id },
    { order: 'popularity', viewScore: 2_960.123_456_789_012_3, id },
    { order: 'popularity', viewScore: 0, id },
    { order: 'score', score: 1e-7, createdAtMs, id },
    { order: 'score', score: 8.3, createdAtMs, id },
    { order: 'score', score: -1, createdAtMs, id },
  ])('decodes the encoded cursor %j to the same position', (cursor) => {
    expect(decodeOrderCursor(cursor.order, encodeOrderCursor(cursor))).toEqual(cursor);
  });

  it('decodes an encoded cursor of a search to the same position', () => {
    const match = { rank: 2_750, id };
    expect(decodeMatchCursor(encodeMatchCursor(match))).toEqual(match);
  });

  it('decodes the empty cursor of the first page to undefined', () => {
    expect(decodeOrderCursor('newest', '')).toBeUndefined();
    expect(decodeMatchCursor('')).toBeUndefined();
  });

  it.each([
    ['a search cursor', encodeMatchCursor({ rank: 1, id })],
    ['a cursor of another order', encodeOrderCursor({ order: 'name', language: 'en', name: 'M', id })],
    ['a time with too many digits', Buffer.from(`newest:${'9'.repeat(16)}:${id}`).toString('base64url')],
    ['text after the ID', Buffer.from(`newest:1:${id};drop`).toString('base64url')],
    ['plain text', 'page-2'],
    ['text that is not Unicode', '\u0000\ud800'],
  ])('rejects %s as a cursor of the newest titles', (_, cursor) => {
    expect(() => decodeOrderCursor('newest', cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  it.each([
    ['a name that PostgreSQL cannot store', `name:en:${id}:a\u0000b`],
    ['a language without an order of names', `name:tlh:${id}:a`],
    ['no language', `name:${id}:a`],
  ])('rejects %s in a cursor of the titles by name', (_, text) => {
    const cursor = Buffer.from(text).toString('base64url');
    expect(() => decodeOrderCursor('name', cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  it('rejects a cursor of the title list in a search', () => {
    const cursor = encodeOrderCursor({ order: 'newest', createdAtMs: 1, id });
    expect(() => decodeMatchCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
