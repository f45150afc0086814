import { SEPARATOR } from './facet-column.js';
import { FacetTable, type FacetTitle } from './facet-table.js';

const AT = new Date('2026-11-22T20:00:00Z');

const NO_FIELDS: Omit<FacetTitle, 'id'> = {
  kind: 'film',
  genres: '',
  countries: '',
  languages: '',
  minimumAge: null,
  releaseYear: null,
  runtimeMinutes: null,
  isPlayable: false,
  availability: [],
};

function toTable(...titles: Partial<FacetTitle>[]): FacetTable {
  const table = new FacetTable();
  titles.forEach((title, number) => table.add({ ...NO_FIELDS, id: String(number).padStart(5, '0'), ...title }));
  return table;
}

function toCounts(table: FacetTable, ...[filter, ids]: [Parameters<FacetTable['count']>[0], string[]?]) {
  const { total, facets } = table.count(filter, AT, ids);
  const counts = Array.from(facets, ([name, values]) => [name, values.map(({ value, count }) => `${value} ${count}`)]);
  return { total, ...(Object.fromEntries(counts) as Record<string, string[]>) };
}

describe('FacetTable', () => {
  const table = toTable(
    {
      genres: `Drama${SEPARATOR}War`,
      countries: `JP${SEPARATOR}FR`,
      languages: 'ja',
      minimumAge: 17,
      releaseYear: 1985,
    },
    { genres: 'Drama', countries: 'JP', languages: 'ja', minimumAge: 8, releaseYear: 1989, runtimeMinutes: 90 },
    { kind: 'series', genres: 'Comedy, dark', countries: 'US', languages: 'en', isPlayable: true, releaseYear: 2009 },
    {},
  );

  it('counts the values of all titles, most titles first', () => {
    expect(toCounts(table, {})).toEqual({
      total: 4,
      kind: ['film 3', 'series 1'],
      genre: ['Drama 2', 'Comedy, dark 1', 'War 1'],
      country: ['JP 2', 'FR 1', 'US 1'],
      language: ['ja 2', 'en 1'],
      maximumAge: ['17 2', '18 2', '13 1', '14 1', '8 1'],
      decade: ['1980 2', '2000 1'],
      runtime: [],
      playable: ['true 1'],
    });
  });

  it('returns stored counts for an equal filter, until a title is added', () => {
    const titles = toTable({ genres: 'Drama' });
    const [first, second] = [titles.count({ genres: ['Drama'] }, AT), titles.count({ genres: ['Drama'] }, AT)];
    expect(second).toBe(first);
    expect(titles.count({ genres: ['Drama'] }, AT, undefined, 7)).not.toBe(first);
    titles.add({ ...NO_FIELDS, id: 'another', genres: 'Drama' });
    expect([first.total, titles.count({ genres: ['Drama'] }, AT).total]).toEqual([1, 2]);
  });

  it('stores no counts if titles have availability windows', () => {
    const windows = [{ startsAt: '2026-11-22T19:00:00Z', endsAt: '2026-11-22T21:00:00Z' }];
    const titles = toTable({ availability: windows });
    const later = new Date('2026-11-22T22:00:00Z');
    expect([titles.count({}, AT).total, titles.count({}, later).total]).toEqual([1, 0]);
  });

  it('counts a facet without its own filter, but with the filters of the other facets', () => {
    expect(toCounts(table, { genres: ['War'] })).toMatchObject({
      total: 1,
      kind: ['film 1'],
      genre: ['Drama 2', 'Comedy, dark 1', 'War 1'],
      country: ['FR 1', 'JP 1'],
    });
    expect(toCounts(table, { genres: ['War', 'Comedy, dark'], languages: ['en'] })).toMatchObject({
      total: 1,
      kind: ['series 1'],
      genre: ['Comedy, dark 1'],
      language: ['en 1', 'ja 1'],
      decade: ['2000 1'],
    });
  });

  it.each([
    [{ kind: 'series' as const }, 1],
    [{ maximumAge: 16 }, 1],
    [{ maximumAge: 0 }, 0],
    [{ releaseYearFrom: 1985, releaseYearTo: 1985 }, 1],
    [{ runtimeMinutesFrom: 90, runtimeMinutesTo: 90 }, 1],
    [{ isPlayableOnly: true }, 1],
    [{ genres: ['Opera'] }, 0],
    [{ countries: ['FR', 'US'] }, 2],
  ])('counts the titles that match the filter %j', (filter, total) => {
    expect(toCounts(table, filter).total).toBe(total);
  });

  it('counts only the requested titles, and ignores unknown IDs', () => {
    expect(toCounts(table, {}, ['00000', '00003', 'unknown'])).toMatchObject({ total: 2, genre: ['Drama 1', 'War 1'] });
  });

  it('counts only titles that are within an availability window', () => {
    const window = (startsAt: string, endsAt?: string) => ({ availability: [{ startsAt, endsAt }] });
    const windows = toTable(
      window('2026-11-22T20:00:00Z'),
      window('2026-11-22T20:00:01Z'),
      window('2020-01-01T00:00:00Z', '2026-11-22T20:00:00Z'),
      window('2020-01-01T00:00:00Z', '2026-11-22T20:00:01Z'),
    );
    expect(toCounts(windows, {}).total).toBe(2);
  });

  it('counts more titles than the initial capacity of its columns', () => {
    const many = toTable(...Array.from({ length: 5_000 }, (_, number) => ({ releaseYear: 1950 + (number % 50) })));
    expect(toCounts(many, { releaseYearTo: 1959 })).toMatchObject({
      total: 1_000,
      decade: expect.arrayContaining(['1990 1000']),
    });
  });
});
