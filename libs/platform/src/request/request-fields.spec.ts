import { moment, pageSize, textLine } from './request-fields.js';

describe('fields of requests', () => {
  it('a line of text is trimmed and composed', () => {
    expect(textLine(1, 10).parse('  Ame\u0301lie ')).toBe('Am\u00e9lie');
  });

  it.each([['   '], ['a'.repeat(11)], ['two\nlines'], ['a\u0000b'], ['\ufffd'], ['\ud800']])(
    'no line of text: %j',
    (text) => {
      expect(textLine(1, 10).safeParse(text).success).toBe(false);
    },
  );

  it.each([['\u200b\u200d'], ['\u2060'], ['film\u202egpj.exe'], ['\u2066film']])(
    'no line of text, as nobody sees what it is: %j',
    (text) => {
      expect(textLine(1, 40).safeParse(text).success).toBe(false);
    },
  );

  it.each([['\u{1F469}\u200D\u{1F3A4}'], ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'], ['8\u00bd'], ['?']])(
    'a line of text in any script: %j',
    (text) => {
      expect(textLine(1, 40).parse(text)).toBe(text);
      expect(textLine(0, 40).parse('')).toBe('');
    },
  );

  it('a page has its usual size where none is asked for', () => {
    expect([0, 7].map((size) => pageSize(20, 50).parse(size))).toEqual([20, 7]);
    expect(pageSize(20, 50).safeParse(51).success).toBe(false);
  });

  it('a moment is a date', () => {
    expect(moment.parse('2026-11-20T20:15:00.123Z')).toEqual(new Date('2026-11-20T20:15:00.123Z'));
    expect(moment.safeParse('tonight').success).toBe(false);
  });
});
