import pg from 'pg';
import { VALUE_TYPES } from './value-parsers.js';

const parse = (oid: number, text: string): unknown =>
  (VALUE_TYPES.getTypeParser(oid) as (text: string) => unknown)(text);

describe('VALUE_TYPES', () => {
  it.each([
    ['{}', []],
    ['{Drama}', ['Drama']],
    ['{Drama,"Science fiction",War}', ['Drama', 'Science fiction', 'War']],
    ['{"a, b","",NULL,"NULL"}', ['a, b', '', null, 'NULL']],
    [String.raw`{"a \"quoted\" name","back\\slash"}`, ['a "quoted" name', String.raw`back\slash`]],
    ['{"{",a}', ['{', 'a']],
    [
      '{{a,b},{c,d}}',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['[2:3]={a,b}', ['a', 'b']],
  ])('parses the array %s', (text, values) => {
    expect(parse(1_009, text)).toEqual(values);
  });

  it.each([
    '2026-06-05 20:15:00.123+00',
    '2026-06-05 20:15:00.123456+02',
    '2026-06-05 20:15:00-11',
    '2026-06-05 20:15:00+05:30',
    '1893-03-31 23:53:28+00:53:28',
    '10000-06-05 20:15:00+00',
    '0044-03-15 12:00:00+00',
    '0044-03-15 12:00:00+00 BC',
    'infinity',
    '-infinity',
  ])('parses the timestamp %s like pg', (text) => {
    const expected = (pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => unknown)(text);
    expect(parse(pg.types.builtins.TIMESTAMPTZ, text)).toEqual(expected);
  });

  it('parses other types like pg', () => {
    expect([parse(pg.types.builtins.INT4, '7'), parse(pg.types.builtins.INT8, '8')]).toEqual([7, '8']);
  });
});
