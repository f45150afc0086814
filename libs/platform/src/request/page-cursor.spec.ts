import { z } from 'zod';
import { timestamp, uuid } from './field-schemas.js';
import { PageCursor } from './page-cursor.js';

const FIRST = { at: new Date('2026-07-01T12:00:00.123Z'), id: 'c2a1f2a4-3b1e-4d8a-9a53-0c9d3f1f6a01' };
const SECOND = { at: new Date('2026-06-01T12:00:00Z'), id: 'c2a1f2a4-3b1e-4d8a-9a53-0c9d3f1f6a02' };

function createCursor(list: string) {
  return new PageCursor(list, z.tuple([timestamp, uuid]));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('PageCursor', () => {
  const cursor = createCursor('uploads');
  const toPage = (entries: readonly (typeof FIRST)[]) => cursor.toPage(entries, 1, ({ at, id }) => [at, id]);

  it('returns the position of the last entry of the page', () => {
    const { entries, nextCursor } = toPage([FIRST, SECOND]);
    expect(entries).toEqual([FIRST]);
    expect(cursor.decode(nextCursor)).toEqual([FIRST.at, FIRST.id]);
  });

  it('returns an empty cursor for the last page, and decodes an empty cursor as undefined', () => {
    expect(toPage([FIRST])).toEqual({ entries: [FIRST], nextCursor: '' });
    expect(toPage([])).toEqual({ entries: [], nextCursor: '' });
    expect(cursor.decode('')).toBeUndefined();
  });

  it.each([
    ['a character outside base64url', '%'],
    ['text that is not JSON', Buffer.from('uploads').toString('base64url')],
    ['an ID that is not a UUID', encode(['uploads', [FIRST.at, 'x']])],
    ['a number as time', encode(['uploads', [1, FIRST.id]])],
    ['a further value', encode(['uploads', [FIRST.at, FIRST.id, 1]])],
    ['NUL', encode(['uploads', [FIRST.at, '\0']])],
    ['another list', createCursor('assets').toPage([FIRST, SECOND], 1, ({ at, id }) => [at, id]).nextCursor],
  ])('rejects a cursor with %s', (_case, text) => {
    expect(() => cursor.decode(text)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
