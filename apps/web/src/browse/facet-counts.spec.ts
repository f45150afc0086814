import { countOf, countUpToAge, listDecades, toDecade } from './facet-counts.js';

describe('countUpToAge', () => {
  const facet = [
    { value: '17', count: 9 },
    { value: '7', count: 4 },
    { value: '0', count: 1 },
  ];

  it('returns the count of the highest facet age that does not exceed the age', () => {
    expect([0, 6, 7, 13, 17, 18].map((age) => countUpToAge(facet, age))).toEqual([1, 1, 4, 4, 9, 9]);
  });

  it('returns 0 if all titles are for higher ages, and undefined without a facet', () => {
    expect([countUpToAge([{ value: '7', count: 4 }], 0), countUpToAge([], 18)]).toEqual([0, 0]);
    expect(countUpToAge(undefined, 18)).toBeUndefined();
  });
});

describe('listDecades and toDecade', () => {
  it('lists the decades of the facet and the selected one, latest first', () => {
    const facet = ['1950', '2010', '1990'].map((value) => ({ value, count: 1 }));
    expect(listDecades(facet, 1980)).toEqual([2010, 1990, 1980, 1950]);
    expect(listDecades(undefined, undefined)).toEqual([]);
    expect([countOf(facet, '1950'), countOf(facet, '1980')]).toEqual([1, 0]);
  });

  it.each([
    [1980, 1989, 1980],
    [1980, 1990, undefined],
    [1981, 1990, undefined],
    [1980, undefined, undefined],
    [undefined, 1989, undefined],
  ])('recognizes the years from %j to %j as the decade %j', (from, to, decade) => {
    expect(toDecade(from, to)).toBe(decade);
  });
});
