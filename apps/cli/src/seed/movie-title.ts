import type { Schema } from '@viernes/api-client';
import type { NewTitle } from '@viernes/title-csv';

/** The used fields of a row of movies.json in the npm package vega-datasets 3.2.1 (BSD-3-Clause). */
export interface MovieRecord {
  readonly Title: string | number | null;
  readonly 'Release Date': string;
  readonly 'MPAA Rating': string | null;
  readonly 'Running Time min': number | null;
  readonly Distributor: string | null;
  readonly Source: string | null;
  readonly 'Major Genre': string | null;
  readonly 'Creative Type': string | null;
  readonly Director: string | null;
  readonly 'Production Budget': number | null;
  readonly 'Worldwide Gross': number | null;
  readonly 'IMDB Rating': number | null;
}

/** The newest movie of the data set. Later years are two-digit years that belong to the previous century. */
const NEWEST_YEAR = 2012;

const GENRES: Readonly<Record<string, readonly string[]>> = {
  'Thriller/Suspense': ['Thriller'],
  'Romantic Comedy': ['Romance', 'Comedy'],
  'Black Comedy': ['Comedy', 'Black Comedy'],
  'Concert/Performance': ['Music'],
};

const CREATIVE_TYPE_GENRES: Readonly<Record<string, string>> = {
  'Science Fiction': 'Science Fiction',
  Fantasy: 'Fantasy',
  'Super Hero': 'Superhero',
  'Kids Fiction': 'Family',
};

const MATURITY_RATINGS: Readonly<Record<string, Schema<'MaturityRating'>>> = {
  G: 'G',
  PG: 'PG',
  'PG-13': 'PG-13',
  R: 'R',
  'NC-17': 'NC-17',
  'Not Rated': 'NR',
};

const UPPER_BYTES = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
const asMacRoman = [...new TextDecoder('macintosh').decode(UPPER_BYTES)];
const asWindows1252 = [...new TextDecoder('windows-1252').decode(UPPER_BYTES)];
const REPAIRED = new Map(asMacRoman.map((garbled, index) => [garbled, asWindows1252[index] ?? garbled]));

/**
 * Converts a row of the data set to a title.
 *
 * @param index zero-based index of the row; the external ID contains it
 * @returns undefined if the row has no name
 */
export function toNewTitle(movie: MovieRecord, index: number): NewTitle | undefined {
  const name = toName(movie.Title);
  if (name === '') return undefined;
  const maturityRating = MATURITY_RATINGS[movie['MPAA Rating'] ?? ''];
  const releaseYear = toReleaseYear(movie['Release Date']);
  return {
    kind: 'film',
    name,
    synopsis: toSynopsis(movie),
    ...(releaseYear !== undefined && { releaseYear }),
    genres: toGenres(movie),
    credits: movie.Director === null ? [] : [{ name: repairText(movie.Director), role: 'director' }],
    ...(maturityRating !== undefined && { maturityRating }),
    ...(movie['Running Time min'] !== null && { runtimeMinutes: movie['Running Time min'] }),
    ...(movie['IMDB Rating'] !== null && { score: movie['IMDB Rating'] }),
    externalId: `vega-datasets/movies/${index}`,
  };
}

function toName(title: string | number | null): string {
  const text = repairText(String(title ?? '')).trim();
  const inverted = /^(.+), (The|A|An)$/.exec(text);
  return inverted ? `${inverted[2]} ${inverted[1]}` : text;
}

/**
 * Repairs text whose Windows-1252 bytes were decoded as Mac Roman: "LÈon" becomes "Léon".
 *
 * Keeps characters that Mac Roman does not have, because they cannot result from that error: "Alien³".
 */
function repairText(text: string): string {
  return [...text]
    .map((character) => (character > '\u007f' ? (REPAIRED.get(character) ?? character) : character))
    .join('');
}

/** Parses "Jun 12 1998". */
function toReleaseYear(releaseDate: string): number | undefined {
  const year = Number(/\b(\d{4})$/.exec(releaseDate)?.[1]);
  if (Number.isNaN(year)) return undefined;
  return year > NEWEST_YEAR ? year - 100 : year;
}

function toGenres(movie: MovieRecord): string[] {
  const major = movie['Major Genre'];
  const fromMajor = major === null ? [] : (GENRES[major] ?? [major]);
  const fromType = CREATIVE_TYPE_GENRES[movie['Creative Type'] ?? ''];
  return [...new Set([...fromMajor, ...(fromType === undefined ? [] : [fromType])])];
}

/** Describes the facts of the row, because the data set has no plots. */
function toSynopsis(movie: MovieRecord): string {
  const year = toReleaseYear(movie['Release Date']);
  const genre = movie['Major Genre']?.split('/')[0]?.toLowerCase();
  const opening = [
    genre === undefined
      ? 'A film'
      : `${/^[aeiou]/.test(genre) ? 'An' : 'A'} ${genre}${/^(action|adventure|concert|horror)$/.test(genre) ? ' film' : ''}`,
    year === undefined ? '' : ` from ${year}`,
    movie.Director === null ? '' : `, directed by ${repairText(movie.Director)}`,
    sourcePhrase(movie.Source),
  ].join('');
  const sentences = [opening];
  if (movie.Distributor !== null)
    sentences.push(`It was released by ${repairText(movie.Distributor).replace(/\.$/, '')}`);
  const money = moneySentence(movie['Production Budget'], movie['Worldwide Gross']);
  if (money !== undefined) sentences.push(money);
  return `${sentences.join('. ')}.`;
}

function sourcePhrase(source: string | null): string {
  if (source === null) return '';
  if (source === 'Original Screenplay') return ', from an original screenplay';
  if (source.startsWith('Based on ')) {
    const basis = source.slice('Based on '.length).toLowerCase().replaceAll('/', ' or ').replace('tv', 'television');
    return /^(tv|real life events)$/i.test(source.slice('Based on '.length))
      ? `, based on ${basis}`
      : `, based on a ${basis}`;
  }
  return '';
}

function moneySentence(budget: number | null, gross: number | null): string | undefined {
  const cost = budget === null || budget === 0 ? undefined : `It was made for ${dollars(budget)}`;
  const earned = gross === null || gross === 0 ? undefined : `earned ${dollars(gross)} worldwide`;
  if (cost !== undefined && earned !== undefined) return `${cost} and ${earned}`;
  return cost ?? (earned === undefined ? undefined : `It ${earned}`);
}

function dollars(amount: number): string {
  if (amount < 10_000) return `${amount} dollars`;
  if (amount < 1_000_000) return `${Math.round(amount / 1000)} thousand dollars`;
  return `${Number((amount / 1_000_000).toFixed(1))} million dollars`;
}
