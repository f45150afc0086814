import { z } from 'zod';
import { fromXml } from './from-xml.js';
import { XmlError } from './parse-xml.js';
import { toProblemXml, toXml } from './to-xml.js';

const instant = z.iso.datetime().transform((text) => new Date(text));

const person = z.strictObject({ name: z.string(), role: z.enum(['director', 'actor']).optional() });

const film = z
  .strictObject({
    name: z.string(),
    synopsis: z.string().nullable().optional(),
    releaseYear: z.int().nullable().optional(),
    score: z.number().optional(),
    isPlayable: z.boolean().optional(),
    genres: z.array(z.string()).optional(),
    people: z.array(person).nullable().optional(),
    addedAt: instant.optional(),
    either: z.union([z.looseObject({}), person]).optional(),
  })
  .meta({ id: 'TestFilm' });

/** Returns the XML document of a film with this content. */
function document(content: string): string {
  return `<TestFilm xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</TestFilm>`;
}

function read(content: string): unknown {
  return fromXml(document(content), film);
}

describe('XML', () => {
  it.each<[string, z.input<typeof film>]>([
    ['a text', { name: 'Metropolis' }],
    ['an empty text', { name: '' }],
    ['text that looks like a number, a boolean or an empty value', { name: '1984', synopsis: 'true' }],
    ['markup', { name: '<b>&amp; "quotes" \'here\' ]]></b>' }],
    ['white space', { name: ' a\tb\r\nc\n ' }],
    ['characters of all planes', { name: 'ナイト 🎬 \u{FFFD}\u{85}' }],
    ['numbers', { name: 'a', releaseYear: -1927, score: 8.25e-7 }],
    ['booleans', { name: 'a', isPlayable: false }],
    ['null', { name: 'a', synopsis: null, releaseYear: null, people: null }],
    ['an array of no item', { name: 'a', genres: [], people: [] }],
    ['an array of one item', { name: 'a', genres: ['Drama'], people: [{ name: 'Lang' }] }],
    ['an array of two items', { name: 'a', genres: ['Drama', ''], people: [{ name: 'A' }, { name: 'B' }] }],
    ['a text that is transformed later', { name: 'a', addedAt: '2026-06-05T20:15:00Z' }],
    ['an object of several types', { name: 'a', either: { name: '7' } }],
  ])('preserves %s', (_content, value) => {
    expect(fromXml(toXml(value, film), film)).toEqual(value);
  });

  it('writes elements for properties, items and null', () => {
    const xml = toXml({ name: 'a & b', synopsis: null, releaseYear: undefined, genres: ['Drama', 'War'] }, film);
    expect(xml).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<TestFilm xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><name>a &amp; b</name>',
        '<synopsis xsi:nil="true"/><genres><i>Drama</i><i>War</i></genres></TestFilm>',
      ].join(''),
    );
  });

  it('replaces characters that XML cannot contain', () => {
    const read = fromXml(toXml({ name: 'a\u{0}b\u{1B}c\u{D83C}d\u{FFFF}e' }, film), film);
    expect(read).toEqual({ name: 'a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e' });
  });

  it('replaces names that XML cannot contain', () => {
    const data = z.looseObject({}).meta({ id: 'TestData' });
    expect(fromXml(toXml({ '/a b': 'c', '1': 'd' }, data), data)).toEqual({ _a_b: 'c', _1: 'd' });
  });

  it('writes problem details in the namespace of their RFC', () => {
    expect(toProblemXml({ status: 400, errors: [{ path: '<a>' }] })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807"><status>400</status>' +
        '<errors><i><path>&lt;a&gt;</path></i></errors></problem>',
    );
  });

  it('ignores comments, indentation and the boundaries of CDATA sections', () => {
    const content = '\n <name><![CDATA[<a>]]>&#x26;b</name><!-- c -->\n <genres>\n  <i>Drama</i>\n </genres>\n';
    expect(read(content)).toEqual({ name: '<a>&b', genres: ['Drama'] });
    expect(read('<name>a</name><releaseYear> 1927 </releaseYear>')).toEqual({ name: 'a', releaseYear: 1927 });
  });

  it.each([
    ['an unknown element', '<name>a</name><title>b</title>', { name: 'a', title: 'b' }],
    [
      'an unknown element in an array',
      '<name>a</name><people><i><name>b</name><age>1</age></i></people>',
      { name: 'a', people: [{ name: 'b', age: '1' }] },
    ],
    [
      'text that is not a number',
      '<name>a</name><releaseYear>MCMXXVII</releaseYear>',
      { name: 'a', releaseYear: 'MCMXXVII' },
    ],
    ['text that is not a boolean', '<name>a</name><isPlayable>yes</isPlayable>', { name: 'a', isPlayable: 'yes' }],
    ['an element twice', '<name>a</name><name>b</name>', { name: ['a', 'b'] }],
    ['elements instead of text', '<name><b>a</b></name>', { name: { b: 'a' } }],
    ['text instead of an array', '<name>a</name><genres>Drama</genres>', { name: 'a', genres: 'Drama' }],
    [
      'items with another name',
      '<name>a</name><genres><genre>Drama</genre></genres>',
      { name: 'a', genres: { genre: 'Drama' } },
    ],
    ['null instead of text', '<name xsi:nil="true"/>', { name: null }],
  ])('reports the errors of the equivalent JSON for XML with %s', (_content, content, json) => {
    const value = read(content);
    expect(value).toEqual(json);
    expect(film.safeParse(value).success).toBe(false);
  });

  it.each([
    ['', { reason: 'notXml' }],
    ['<TestFilm>', { reason: 'notXml' }],
    ['{"name": "a"}', { reason: 'notXml' }],
    ['<TestFilm/><TestFilm/>', { reason: 'notXml' }],
    [document('<name>&nbsp;</name>'), { reason: 'notXml' }],
    [document('<name>&#0;</name>'), { reason: 'notXml' }],
    [document('<name>a</title>'), { reason: 'notXml' }],
    [document('<a:name>a</a:name>'), { reason: 'notXml' }],
    ['<Film/>', { reason: 'rootElement', values: { name: 'TestFilm' } }],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><TestFilm/>', { reason: 'notUtf8' }],
    ['<!DOCTYPE TestFilm><TestFilm/>', { reason: 'documentType' }],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><TestFilm>&b;</TestFilm>', { reason: 'documentType' }],
    [
      `<!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')}]><TestFilm><name>&a30;</name></TestFilm>`,
      { reason: 'documentType' },
    ],
    [document('<name lang="de">a</name>'), { reason: 'attributes' }],
    [document('<name>a</name>b'), { reason: 'mixedContent' }],
    [document('<a>'.repeat(40) + '</a>'.repeat(40)), { reason: 'nestedElements', values: { count: 32 } }],
    [
      document('<__proto__><isPlayable>true</isPlayable></__proto__>'),
      { reason: 'forbiddenElement', values: { name: '__proto__' } },
    ],
  ])('rejects %j', (text, fieldError) => {
    expect(() => fromXml(text, film)).toThrow(expect.objectContaining({ fieldError }) as Error);
  });

  it('rejects thousands of levels without recursion', () => {
    expect(() => read('<a>'.repeat(20_000) + '</a>'.repeat(20_000))).toThrow(XmlError);
  });
});
