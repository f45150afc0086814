import { MATURITY_RATINGS, MINIMUM_AGES } from './maturity-ratings.js';

describe('MATURITY_RATINGS', () => {
  it('assigns a minimum age to every rating of the MPA and of US TV, and none to unrated titles', () => {
    // The ages in the descriptions of the ratings: filmratings.com, tvguidelines.org. General audiences are 0, and
    // "parental guidance" without an age is 8.
    expect(MATURITY_RATINGS).toEqual({
      G: 0,
      PG: 8,
      'PG-13': 13,
      R: 17,
      'NC-17': 18,
      'TV-Y': 0,
      'TV-Y7': 7,
      'TV-Y7-FV': 7,
      'TV-G': 0,
      'TV-PG': 8,
      'TV-14': 14,
      'TV-MA': 17,
      NR: null,
      UR: null,
    });
  });

  it('uses exactly the minimum ages that a profile can select', () => {
    const ages = Object.values(MATURITY_RATINGS).filter((age) => age !== null);
    expect([...new Set(ages)].toSorted((a, b) => a - b)).toEqual(MINIMUM_AGES);
  });
});
