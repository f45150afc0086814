import { MATURITY_RATINGS, type MaturityRating } from './maturity-ratings.js';

// The values of title fields that both the API and the catalog service validate.

/** In the order of the protobuf enum, which starts with 1. */
export const CREDIT_ROLES = ['director', 'actor', 'writer', 'producer', 'composer'] as const;

export type CreditRole = (typeof CREDIT_ROLES)[number];

/** In the order of the protobuf enum, which starts with 1. */
export const ARTWORK_KINDS = ['poster', 'backdrop', 'still'] as const;

export type ArtworkKind = (typeof ARTWORK_KINDS)[number];

export const MATURITY_RATING_NAMES = Object.keys(MATURITY_RATINGS) as MaturityRating[];

/** A language tag of BCP 47 with language, script, and region: "de", "pt-BR", "zh-Hant-TW". */
export const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** A character of a path, a query, or a fragment (RFC 3986 section 3.3), except the quote, which ends a URL in CSS and HTML. */
const URL_CHARACTER = String.raw`[A-Za-z0-9\-._~:@!$&()*+,;=%/?#]`;
const FIRST_OF_PATH = URL_CHARACTER.replace('/', '');

/**
 * An HTTPS URL without user information, or a path of the platform. `//` and `/\` would start the name of another host.
 * Other characters are percent-encoded.
 */
export const ARTWORK_URL = new RegExp(
  String.raw`^(?:https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/${URL_CHARACTER}*)?|/${FIRST_OF_PATH}${URL_CHARACTER}*)$`,
);

/** Codes that have a name in the Unicode CLDR, but are not countries of ISO 3166-1. */
const OTHER_REGIONS: ReadonlySet<string> = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'ZZ',
]);

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The country codes of ISO 3166-1 alpha-2, and XK for Kosovo. */
export const COUNTRY_CODES: readonly string[] = LETTERS.flatMap((first) =>
  LETTERS.map((second) => first + second),
).filter(
  (code) =>
    !OTHER_REGIONS.has(code) &&
    Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` &&
    REGION_NAMES.of(code) !== undefined,
);
