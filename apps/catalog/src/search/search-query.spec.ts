import { toAlternatives, toTsQueries, toTsQuery, toWords } from './search-query.js';

describe('search query', () => {
  it('splits a query into words, and text without spaces into pairs of characters', () => {
    expect(toWords("schindler's 3.5 list")).toEqual(['schindler', 's', '3', '5', 'list']);
    expect(toWords('the 忍者はっとり x')).toEqual(['the', '忍者', '者は', 'はっ', 'っと', 'とり', 'x']);
  });

  it('treats a single character of a text without spaces as a prefix', () => {
    expect(toTsQuery([['者'], ['x']])).toBe(`('者':*) & ('x':*)`);
  });

  it('requires one alternative of each word, and treats the last word as a prefix', () => {
    expect(toTsQuery([['star'], ['wrs', 'wars']])).toBe(`('star') & ('wrs':* | 'wars')`);
  });

  it('requires both words of an alternative with a space, next to each other', () => {
    expect(toTsQuery([['starwars', 'star wars']])).toBe(`('starwars':* | ('star' <-> 'wars'))`);
  });

  it('looks up the completions of the last word instead of its beginning', () => {
    const { strict } = toTsQueries(['star', 'w'], ['war', 'wars'], new Set());
    expect(strict).toBe(`('star') & ('war' | 'wars')`);
  });

  it('does not look up common words in the index, unless there are no others', () => {
    const common = new Set(['the', 'of']);
    expect(toTsQueries(['the', 'lord', 'of'], undefined, common)).toEqual({
      strict: `('the') & ('lord') & ('of':*)`,
      indexed: `('lord')`,
    });
    expect(toTsQueries(['the'], undefined, common).indexed).toBe(`('the':*)`);
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
