/**
 * The ratings of the Motion Picture Association and of the US TV Parental Guidelines, with the minimum age of the audience.
 * Unrated titles have no minimum age.
 */
export const MATURITY_RATINGS = {
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
} as const;

export type MaturityRating = keyof typeof MATURITY_RATINGS;

/** The minimum ages of the ratings, which are the maximum ages that a profile can have. */
export const MINIMUM_AGES = [0, 7, 8, 13, 14, 17, 18] as const;
