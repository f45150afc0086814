import { pageSize, textLine, timestamp, uuid } from './field-schemas.js';

describe('request fields', () => {
  it('textLine trims and normalizes to NFC', () => {
    expect(textLine(1, 10).parse('  Ame\u0301lie ')).toBe('Am\u00e9lie');
  });

  it.each([['   '], ['a'.repeat(11)], ['two\nlines'], ['a\u0000b'], ['\ufffd'], ['\ud800']])(
    'textLine rejects %j',
    (text) => {
      expect(textLine(1, 10).safeParse(text).success).toBe(false);
    },
  );

  it.each([['\u200b\u200d'], ['\u2060'], ['film\u202egpj.exe'], ['\u2066film']])(
    'textLine rejects invisible and bidirectional characters: %j',
    (text) => {
      expect(textLine(1, 40).safeParse(text).success).toBe(false);
    },
  );

  it.each([['\u{1F469}\u200D\u{1F3A4}'], ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'], ['8\u00bd'], ['?']])(
    'textLine accepts any script: %j',
    (text) => {
      expect(textLine(1, 40).parse(text)).toBe(text);
      expect(textLine(0, 40).parse('')).toBe('');
    },
  );

  it('pageSize is the default for 0 and rejects more than the maximum', () => {
    expect([0, 7].map((size) => pageSize(20, 50).parse(size))).toEqual([20, 7]);
    expect(pageSize(20, 50).safeParse(51).success).toBe(false);
  });

  it('timestamp converts an ISO 8601 text to a Date', () => {
    expect(timestamp.parse('2026-11-20T20:15:00.123Z')).toEqual(new Date('2026-11-20T20:15:00.123Z'));
    expect(timestamp.safeParse('tonight').success).toBe(false);
  });

  it('uuid accepts any version and converts to lower case', () => {
    expect(uuid.parse('0199F2C4-0000-0000-0000-00000000000A')).toBe('0199f2c4-0000-0000-0000-00000000000a');
    expect(uuid.safeParse('0199f2c4').success).toBe(false);
  });
});
