import { matchesEntityTag, toEntityTag } from './entity-tag.js';

describe('matchesEntityTag', () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['*', true],
    ['"b", "a"', true],
    ['"b",W/"a" , "c"', true],
    [undefined, false],
    ['', false],
    ['"b"', false],
    ['a', false],
    ['"aa"', false],
    ['"A"', false],
    ['W/"a-br"', false],
  ])('compares %j with "a": %s', (header, expected) => {
    expect(matchesEntityTag(header, '"a"')).toBe(expected);
  });
});

describe('toEntityTag', () => {
  it('returns different tags for different bodies and encodings', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')];
    const tags = [toEntityTag(a, 'identity'), toEntityTag(b, 'identity'), toEntityTag(a, 'br'), toEntityTag(a, 'gzip')];
    expect(new Set(tags).size).toBe(4);
    expect(toEntityTag(Buffer.from('a'), 'br')).toBe(tags[2]);
  });
});
