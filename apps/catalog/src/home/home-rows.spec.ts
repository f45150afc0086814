import type { Title } from '../title/title.js';
import { toGenreRowId, toHomeRows } from './home-rows.js';

const newTitle = (id: string): Title => ({
  id,
  kind: 'film',
  name: id,
  synopsis: '',
  genres: [],
  directors: [],
  createdAt: new Date(0),
});

describe('home rows', () => {
  it('keeps the order of the entries and omits empty rows', () => {
    const rows = toHomeRows([
      { row: 'ready-to-watch', genre: undefined, title: newTitle('a') },
      { row: 'ready-to-watch', genre: undefined, title: newTitle('b') },
      { row: 'genre', genre: 'Drama', title: newTitle('b') },
    ]);
    expect(rows.map(({ id, name, titles }) => [id, name, titles.map((each) => each.id)])).toEqual([
      ['ready-to-watch', 'Ready to watch', ['a', 'b']],
      ['genre-drama', 'Drama', ['b']],
    ]);
    expect(toHomeRows([])).toEqual([]);
  });

  it('omits the second of two genres with the same row ID', () => {
    const rows = toHomeRows([
      { row: 'genre', genre: 'Sci-Fi', title: newTitle('a') },
      { row: 'genre', genre: 'Sci Fi', title: newTitle('b') },
    ]);
    expect(rows.map(({ name, titles }) => [name, titles.map(({ id }) => id)])).toEqual([['Sci-Fi', ['a']]]);
  });

  it.each([
    ['Drama', 'genre-drama'],
    ['Thriller/Suspense', 'genre-thriller-suspense'],
    ['Comédie noire', 'genre-comédie-noire'],
  ])('identifies the row of the genre %s by %s', (genre, id) => {
    expect(toGenreRowId(genre)).toBe(id);
  });
});
