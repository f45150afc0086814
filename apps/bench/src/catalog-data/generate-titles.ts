import { MATURITY_RATINGS, type MaturityRating } from '@viernes/contracts';
import { createName, createPerson, createRandom, createSynopsis, pick, type Person } from './title-names.js';

const SEED = 20_261_122;
const NEWEST_AT_MS = Date.parse('2026-06-01T00:00:00Z');
const MINUTE_MS = 60_000;
const RATINGS = ['G', 'PG', 'PG-13', 'R', null] as const;
const GENRES = [
  'Action',
  'Adventure',
  'Animation',
  'Biography',
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Family',
  'Fantasy',
  'History',
  'Horror',
  'Music',
  'Musical',
  'Mystery',
  'Romance',
  'Science fiction',
  'Sport',
  'Thriller',
  'War',
];

const COUNTRIES = [
  'US',
  'IN',
  'GB',
  'JP',
  'KR',
  'FR',
  'CA',
  'ES',
  'DE',
  'MX',
  'EG',
  'TR',
  'NG',
  'AU',
  'BR',
  'TH',
  'IT',
  'IS',
];
const LANGUAGES = ['en', 'hi', 'ja', 'ko', 'fr', 'es', 'de', 'ar', 'tr', 'pt-BR', 'th', 'it', 'zh', 'sv', 'is'];

/** Rows of the tables `title`, `credit`, and `title_popularity`, and of `publication` if it has one. */
export interface GeneratedTitle {
  readonly id: string;
  readonly kind: 'film' | 'series';
  readonly name: string;
  readonly synopsis: string;
  readonly release_year: number;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  /** The director first, then actors. */
  readonly people: readonly Person[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly maturity_rating: MaturityRating | null;
  readonly minimum_age: number | null;
  readonly runtime_minutes: number;
  readonly score: number | null;
  readonly external_id: string;
  readonly created_at: string;
  readonly asset_id: string | null;
  readonly views: number;
  readonly view_score: number;
}

/**
 * Generates the same titles in each run, newest first. 30 % are playable, 90 % have a score, and the number of views falls
 * with the rank, as in real catalogs.
 */
export function* generateTitles(count: number): Generator<GeneratedTitle> {
  const random = createRandom(SEED);
  for (let index = 0; index < count; index += 1) {
    const isPlayable = random() < 0.3;
    const views = isPlayable ? Math.floor(5_000_000 / (1 + random() * count)) : 0;
    const id = toUuid(random);
    const rating = pick(RATINGS, random);
    const people = createPeople(random);
    yield {
      id,
      kind: random() < 0.2 ? 'series' : 'film',
      name: createName(random),
      synopsis: createSynopsis(random),
      release_year: 1930 + Math.floor(random() * 96),
      genres: createGenres(random),
      directors: people.slice(0, 1).map((person) => person.name),
      people,
      countries: [pickFrequent(COUNTRIES, random)],
      languages: [pickFrequent(LANGUAGES, random)],
      maturity_rating: rating,
      minimum_age: rating && MATURITY_RATINGS[rating],
      runtime_minutes: 70 + Math.floor(random() * 110),
      score: random() < 0.9 ? Math.round(30 + random() * 65) / 10 : null,
      external_id: `bench:${index}`,
      created_at: new Date(NEWEST_AT_MS - index * MINUTE_MS).toISOString(),
      asset_id: isPlayable ? toUuid(random) : null,
      views,
      view_score: views > 0 ? 2_900 + Math.log2(1 + views) : 0,
    };
  }
}

/** One to three genres. */
function createGenres(random: () => number): string[] {
  const count = 1 + Math.floor(random() * 3);
  return [...new Set(Array.from({ length: count }, () => pickFrequent(GENRES, random)))];
}

/** A director and up to five actors. */
function createPeople(random: () => number): Person[] {
  const people = Array.from({ length: 1 + Math.floor(random() * 6) }, () => createPerson(random));
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** The first values are the most frequent ones. */
function pickFrequent(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() ** 2 * values.length)] ?? '';
}

/** A UUID of version 4 whose bits come from the generator. */
function toUuid(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
