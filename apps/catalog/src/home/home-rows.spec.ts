import type { Title } from '../title/title.js';
import { genreRowId, rowsOf } from './home-rows.js';

const title = (id: string): Title => ({
  id,
  kind: 'film',
  name: id,
  synopsis: '',
  releaseYear: undefined,
  genres: [],
  directors: [],
  maturityRating: undefined,
  runtimeMinutes: undefined,
  score: undefined,
  externalId: undefined,
  createdAt: new Date(0),
  film: undefined,
});

describe('home rows', () => {
  it('keep the order of their places and never are empty', () => {
    const rows = rowsOf([
      { row: 'ready-to-watch', genre: undefined, title: title('a') },
      { row: 'ready-to-watch', genre: undefined, title: title('b') },
      { row: 'genre', genre: 'Drama', title: title('b') },
    ]);
    expect(rows.map(({ id, name, titles }) => [id, name, titles.map((each) => each.id)])).toEqual([
      ['ready-to-watch', 'Ready to watch', ['a', 'b']],
      ['genre-drama', 'Drama', ['b']],
    ]);
    expect(rowsOf([])).toEqual([]);
  });

  it('take the first of two genres that share an id', () => {
    const rows = rowsOf([
      { row: 'genre', genre: 'Sci-Fi', title: title('a') },
      { row: 'genre', genre: 'Sci Fi', title: title('b') },
    ]);
    expect(rows.map(({ name, titles }) => [name, titles.map(({ id }) => id)])).toEqual([['Sci-Fi', ['a']]]);
  });

  it.each([
    ['Drama', 'genre-drama'],
    ['Thriller/Suspense', 'genre-thriller-suspense'],
    ['Comédie noire', 'genre-comédie-noire'],
  ])('name the row of %s %s', (genre, id) => {
    expect(genreRowId(genre)).toBe(id);
  });
});
