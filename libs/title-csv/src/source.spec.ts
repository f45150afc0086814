import { toSource } from './source.js';

describe('toSource', () => {
  it('trims a name, and converts it to normalization form C', () => {
    expect(toSource(' Amélie '.normalize('NFD'))).toBe('Amélie'.normalize('NFC'));
    expect(toSource('x'.repeat(80))).toBe('x'.repeat(80));
  });

  it.each(['', '  ', 'a/b', 'a\nb', 'x'.repeat(81)])('returns undefined for %j', (name) => {
    expect(toSource(name)).toBeUndefined();
  });
});
