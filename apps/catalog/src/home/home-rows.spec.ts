import type { Title } from '../title/title.js';
import { toGenreRow, toGenreRows, toHomeRows } from './home-rows.js';

const newTitle = (id: string): Title => ({
  id,
  kind: 'film',
  name: id,
  slug: id,
  artwork: [],
  synopsis: '',
  genres: [],
  directors: [],
  createdAt: new Date(0),
});

describe('home rows', () => {
  it('keeps the order of the entries', () => {
    const ready = { id: 'ready-to-watch', name: 'Ready to watch' };
    const drama = { id: 'genre-drama', name: 'Drama' };
    const rows = toHomeRows([
      { row: ready, title: newTitle('a') },
      { row: ready, title: newTitle('b') },
      { row: drama, title: newTitle('b') },
    ]);
    expect(rows.map(({ id, name, titles }) => [id, name, titles.map((each) => each.id)])).toEqual([
      ['ready-to-watch', 'Ready to watch', ['a', 'b']],
      ['genre-drama', 'Drama', ['b']],
    ]);
    expect(toHomeRows([])).toEqual([]);
  });

  it('omits the second of two genres with the same row ID', () => {
    const rows = toGenreRows(['Sci-Fi', 'Sci Fi', 'Drama', 'War'], 2);
    expect(rows.map(({ name }) => name)).toEqual(['Sci-Fi', 'Drama']);
  });

  it.each([
    ['Drama', 'genre-drama'],
    ['Thriller/Suspense', 'genre-thriller-suspense'],
    ['Comédie noire', 'genre-comédie-noire'],
  ])('identifies the row of the genre %s by %s', (genre, id) => {
    expect(toGenreRow(genre)).toEqual({ id, name: genre });
  });
});
