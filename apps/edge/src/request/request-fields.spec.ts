import { email, fileName, genre, multilineText, optionalTextLine, textLine, trimmedEmail } from './request-fields.js';

describe('request fields', () => {
  it.each(['Amélie', '8½', '?', '千と千尋の神隠し', '\u{1F469}\u200D\u{1F3A4}', '  Metropolis  '])(
    'textLine accepts %j',
    (text) => {
      expect(textLine(40).parse(text)).toBe(text.trim());
    },
  );

  it.each(['', '   ', '\u200B\u2060', 'two\nlines', 'a\u0000b', 'film\u202Egpj.exe', '\uFFFD', 'a'.repeat(41)])(
    'textLine rejects %j',
    (text) => {
      expect(textLine(40).safeParse(text).success).toBe(false);
    },
  );

  it('optionalTextLine accepts an empty filter', () => {
    expect(optionalTextLine(40).parse(' ')).toBe('');
    expect(optionalTextLine(40).safeParse('\u200B').success).toBe(false);
  });

  it('genre requires a letter or a digit', () => {
    expect(genre.parse('Sci-Fi')).toBe('Sci-Fi');
    expect(genre.safeParse('--').success).toBe(false);
  });

  it('multilineText accepts line breaks and tabs, and no other control characters', () => {
    expect(multilineText.parse('one\n\ttwo')).toBe('one\n\ttwo');
    expect(multilineText.safeParse('one\u0007').success).toBe(false);
  });

  it('email accepts at most 64 characters before the @', () => {
    expect(email.parse(`${'a'.repeat(64)}@example.com`)).toHaveLength(76);
    expect(email.safeParse(`${'a'.repeat(65)}@example.com`).success).toBe(false);
    expect(email.safeParse('ada@example-.com').success).toBe(false);
  });

  it('trimmedEmail ignores whitespace around the email', () => {
    expect(trimmedEmail.parse(' ada@example.com ')).toBe('ada@example.com');
    expect(trimmedEmail.safeParse('ada').success).toBe(false);
  });

  it.each(['../secrets', 'a\\b', 'a\u0000', ' ', 'film\u202Egpj.exe', 'a\uFFFD'])('fileName rejects %j', (text) => {
    expect(fileName.safeParse(text).success).toBe(false);
  });

  it('rejects text that is as large as a body without applying the patterns', () => {
    for (const field of [textLine(200), optionalTextLine(100), genre, fileName, trimmedEmail]) {
      const { error } = field.safeParse(`${'a'.repeat(60_000)}\u0000`);
      expect(error?.issues.map(({ code }) => code)).toEqual(['too_big']);
    }
    expect(email.safeParse('a'.repeat(60_000)).error?.issues).toMatchObject([{ code: 'invalid_format' }]);
  });
});
