import { toAlternatives, toTsQuery } from './search-query.js';

describe('search query', () => {
  it('requires one alternative of each word, and treats the last word as a prefix', () => {
    expect(toTsQuery([['star'], ['wrs', 'wars']])).toBe(`('star') & ('wrs':* | 'wars')`);
  });

  it('requires both words of an alternative with a space, next to each other', () => {
    expect(toTsQuery([['starwars', 'star wars']])).toBe(`('starwars':* | ('star' <-> 'wars'))`);
  });

  it('quotes characters with a meaning in a tsquery', () => {
    expect(toTsQuery([["o'brien\\"]])).toBe(`('o''brien\\\\':*)`);
  });

  it('uses the similar words with the fewest typing errors, after the word itself', () => {
    const similar = [
      { typed: 'wrs', word: 'wars', distance: 1 },
      { typed: 'wrs', word: 'ears', distance: 2 },
    ];
    expect(toAlternatives(['star', 'wrs'], similar)).toEqual([['star'], ['wrs', 'wars']]);
  });
});
