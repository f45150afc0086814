import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { toNewTitle, type MovieRecord } from './movie-title.js';

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

describe('toNewTitle', () => {
  it('omits fields that the row does not have', () => {
    expect(toNewTitle(blank, 7)).toEqual({
      kind: 'film',
      name: 'A Quiet Friday',
      synopsis: 'A film from 1998.',
      releaseYear: 1998,
      genres: [],
      credits: [],
      externalId: 'vega-datasets/movies/7',
    });
  });

  it('maps all fields of the row', () => {
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
    expect(toNewTitle(movie, 0)).toMatchObject({
      synopsis:
        'A thriller from 1998, directed by Luc Besson, based on a book or short story. It was released by ' +
        'Gramercy. It was made for 8.5 million dollars and earned 146 thousand dollars worldwide.',
      genres: ['Thriller', 'Science Fiction'],
      credits: [{ name: 'Luc Besson', role: 'director' }],
      maturityRating: 'PG-13',
      runtimeMinutes: 128,
      score: 6.1,
    });
  });

  it.each([
    [1776, '1776'],
    ['Charge of the Light Brigade, The', 'The Charge of the Light Brigade'],
    ['CachÈ', 'Caché'],
    ['DÈj‡ Vu', 'Déjà Vu'],
    ['Obsluhoval jsem anglickÈho kr·le', 'Obsluhoval jsem anglického krále'],
    ['The Naked Gun 2Ω: The Smell of Fear', 'The Naked Gun 2½: The Smell of Fear'],
    ['Alien³', 'Alien³'],
    ['Quiz Show ', 'Quiz Show'],
  ])('converts the name %j to %j', (title, name) => {
    expect(toNewTitle({ ...blank, Title: title }, 0)?.name).toBe(name);
  });

  it('returns undefined for a row without a name', () => {
    expect(toNewTitle({ ...blank, Title: null }, 0)).toBeUndefined();
  });

  it('moves years after the newest movie to the previous century', () => {
    expect(toNewTitle({ ...blank, 'Release Date': 'Dec 15 2039' }, 0)?.releaseYear).toBe(1939);
    expect(toNewTitle({ ...blank, 'Release Date': 'Dec 18 2009' }, 0)?.releaseYear).toBe(2009);
  });

  it('omits an unknown rating', () => {
    expect(toNewTitle({ ...blank, 'MPAA Rating': 'Open' }, 0)).not.toHaveProperty('maturityRating');
  });

  it('maps every named row of the data set to valid values', () => {
    const file = createRequire(import.meta.url)
      .resolve('vega-datasets')
      .replace(/build\/[^/]+$/, 'data/movies.json');
    const movies = JSON.parse(readFileSync(file, 'utf8')) as MovieRecord[];
    const titles = movies.flatMap((movie, index) => toNewTitle(movie, index) ?? []);
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
