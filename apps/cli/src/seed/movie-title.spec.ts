import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { movieTitle } from './movie-title.js';
import type { MovieRecord } from './movie-title.js';

const blank: MovieRecord = {
  Title: 'A Quiet Friday',
  'Release Date': 'Jun 12 1998',
  'MPAA Rating': null,
  'Running Time min': null,
  Distributor: null,
  Source: null,
  'Major Genre': null,
  'Creative Type': null,
  Director: null,
  'Production Budget': null,
  'Worldwide Gross': null,
  'IMDB Rating': null,
};

describe('a title from a row of the data set', () => {
  it('leaves out what the row does not know', () => {
    expect(movieTitle(blank, 7)).toEqual({
      kind: 'film',
      name: 'A Quiet Friday',
      synopsis: 'A film of 1998.',
      releaseYear: 1998,
      genres: [],
      directors: [],
      externalId: 'vega-datasets/movies/7',
    });
  });

  it('maps what the row knows', () => {
    const movie: MovieRecord = {
      ...blank,
      'MPAA Rating': 'PG-13',
      'Running Time min': 128,
      Distributor: 'Gramercy',
      Source: 'Based on Book/Short Story',
      'Major Genre': 'Thriller/Suspense',
      'Creative Type': 'Science Fiction',
      Director: 'Luc Besson',
      'Production Budget': 8_500_000,
      'Worldwide Gross': 146_083,
      'IMDB Rating': 6.1,
    };
    expect(movieTitle(movie, 0)).toMatchObject({
      synopsis:
        'A thriller of 1998 directed by Luc Besson, based on a book or short story. It came to the cinemas through ' +
        'Gramercy. It was made for 8.5 million dollars and earned 146 thousand dollars around the world.',
      genres: ['Thriller', 'Science Fiction'],
      directors: ['Luc Besson'],
      maturityRating: 'PG-13',
      runtimeMinutes: 128,
      score: 6.1,
    });
  });

  it.each([
    [1776, '1776'],
    ['Charge of the Light Brigade, The', 'The Charge of the Light Brigade'],
    ['CachÈ', 'Caché'],
    ['Quiz Show ', 'Quiz Show'],
  ])('names %p %p', (title, name) => {
    expect(movieTitle({ ...blank, Title: title }, 0)?.name).toBe(name);
  });

  it('passes over a row without a name', () => {
    expect(movieTitle({ ...blank, Title: null }, 0)).toBeUndefined();
  });

  it('puts years after the newest film into the century before', () => {
    expect(movieTitle({ ...blank, 'Release Date': 'Dec 15 2039' }, 0)?.releaseYear).toBe(1939);
    expect(movieTitle({ ...blank, 'Release Date': 'Dec 18 2009' }, 0)?.releaseYear).toBe(2009);
  });

  it('does not pass on a rating that means nothing', () => {
    expect(movieTitle({ ...blank, 'MPAA Rating': 'Open' }, 0)).not.toHaveProperty('maturityRating');
  });

  it('maps every named row of the data set to sound values', () => {
    const file = createRequire(import.meta.url)
      .resolve('vega-datasets')
      .replace(/build\/[^/]+$/, 'data/movies.json');
    const movies = JSON.parse(readFileSync(file, 'utf8')) as MovieRecord[];
    const titles = movies.flatMap((movie, index) => movieTitle(movie, index) ?? []);
    expect(titles).toHaveLength(3200);
    expect(
      titles.filter(({ releaseYear }) => releaseYear === undefined || releaseYear < 1900 || releaseYear > 2012),
    ).toEqual([]);
    expect(titles.filter(({ name, synopsis }) => name.length > 100 || synopsis.length > 400)).toEqual([]);
    expect(titles.filter(({ name, synopsis }) => /undefined|null|NaN/.test(synopsis) || name.trim() === '')).toEqual(
      [],
    );
  });
});
