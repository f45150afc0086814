import type { Schema } from '@viernes/api-client';
import { readHeader, readRows, toMapping, FURTHER_COLUMNS, STANDARD_COLUMNS } from '@viernes/title-csv';
import { stringify } from 'csv-stringify/sync';
import { toTitleRow } from './title-row.js';

type Title = Schema<'TitleDetails'> & { externalId: string };

/** Characters that the API accepts and that CSV, its lists, or the repairs of an import treat specially. */
const PIECES = [
  'a',
  'Ö',
  '東',
  '😀',
  ' ',
  '  ',
  ',',
  ', ',
  '"',
  '""',
  "'",
  ';',
  '|',
  '=',
  '-',
  '/',
  '\\',
  '\u00A0',
  '\u200B',
  '\u2028',
];
const ROLES = ['director', 'actor', 'writer', 'producer', 'composer'] as const;

/** Generates reproducible random numbers with xorshift. */
function newRandom(seed: number) {
  let state = seed * 2_654_435_761 + 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const list = <Item>(maxItems: number, next: () => Item): Item[] => Array.from({ length: below(maxItems + 1) }, next);
  return { below, pick, list, maybe: <Item>(next: () => Item): Item | null => (below(2) === 0 ? null : next()) };
}

function newTitle(seed: number): Title {
  const { below, pick, list, maybe } = newRandom(seed);
  const text = (pieces = PIECES): string => `x${list(6, () => pick(pieces)).join('')}`.trim();
  const title = {
    kind: pick(['film', 'series'] as const),
    name: text(),
    synopsis: maybe(() => text([...PIECES, '\n', '\n\n', '\n \n', '\t'])) ?? '',
    externalId: pick([text(), `films/${text()}`, 'films/', '/', 'films/a/b']),
    releaseYear: maybe(() => 1888 + below(213)),
    genres: [...new Set(list(3, text))],
    credits: list(6, () => ({
      ...{ personId: 'p', name: pick(['Bo', 'Cy, Jr.', text()]), role: pick(ROLES) },
      character: maybe(text),
    })),
    maturityRating: maybe(() => pick(['PG-13', 'TV-Y7-FV', 'NR'] as const)),
    runtimeMinutes: maybe(() => 1 + below(6_000)),
    seasonCount: maybe(() => 1 + below(500)),
    score: maybe(() => pick([0, 7.5, 10, 1e-7])),
    countries: [...new Set(list(3, () => pick(['DE', 'BA', 'HK', 'KR'] as const)))],
    languages: [...new Set(list(3, () => pick(['de', 'pt-BR', 'zh-Hant'])))],
    addedOn: maybe(() => pick(['2021-09-05', '1999-12-31'])),
  };
  return title as unknown as Title;
}

/** Exports a title, and reads its row again. */
async function exportAndRead(title: Title, source: string | undefined) {
  const columns = [...Object.values(STANDARD_COLUMNS), ...FURTHER_COLUMNS];
  const bytes = Buffer.from(stringify([toTitleRow(title, source)], { header: true, columns }));
  const file = {
    read: async function* (startByte: number) {
      yield bytes.subarray(startByte);
    },
  };
  const mapping = toMapping();
  const header = await readHeader(file, mapping, { delimiter: undefined, hasQuotes: true });
  const rows = [];
  for await (const row of readRows(file, header, mapping, source ?? 'other')) rows.push(row);
  return rows;
}

/** Converts a title to the input of the API. Omits missing fields, and the IDs of people. */
function toInput(title: Title) {
  const { credits, ...fields } = title;
  const present = Object.entries(fields).filter(([, value]) => value !== null);
  const toCredit = ({ name, role, character }: Title['credits'][number]) => ({
    name,
    role,
    ...(character !== null && { character }),
  });
  return { ...Object.fromEntries(present), credits: credits.map(toCredit) };
}

describe('the import of an export', () => {
  const SEEDS = Array.from({ length: 2_000 }, (_, seed) => seed + 1);

  it.each([
    ['one source', 'films'],
    ['all sources', undefined],
  ])('reads each title of %s exactly as it is, without an issue', async (_, source) => {
    for (const seed of SEEDS) {
      const title = newTitle(seed);
      if (source !== undefined && !title.externalId.startsWith(`${source}/`)) continue;
      const rows = await exportAndRead(title, source);
      const read = rows.map((row) => ({ title: row.title, issues: row.issues }));
      expect({ seed, read }).toEqual({ seed, read: [{ title: toInput(title), issues: [] }] });
    }
  });

  it('fills the column `exact` only for a title that needs it', () => {
    expect(toTitleRow(PLAIN as unknown as Title, 'films')).toMatchObject({
      duration: '2 Seasons',
      runtimeMinutes: '45',
      exact: '',
    });
    const credits = ['Maria', 'Futura'].map((character) => ({
      personId: 'p',
      name: 'Brigitte Helm',
      role: 'actor',
      character,
    }));
    const { exact, cast } = toTitleRow({ ...PLAIN, credits } as unknown as Title, 'films');
    expect(cast).toBe('Brigitte Helm, Brigitte Helm');
    expect(JSON.parse(exact)).toEqual({ credits: credits.map(({ personId: _id, ...credit }) => credit) });
  });
});

/** A series whose values all fit into the columns other than `exact`. */
const PLAIN = {
  ...{ kind: 'series', name: 'Night Shift', synopsis: 'One.\n\nTwo.', externalId: 'films/1', releaseYear: 2001 },
  ...{ genres: ['Drama'], credits: [{ personId: 'p', name: 'Bo', role: 'actor', character: null }] },
  ...{ runtimeMinutes: 45, seasonCount: 2, score: 7.5, addedOn: '2021-09-05', maturityRating: 'PG-13' },
  ...{ countries: ['DE'], languages: ['de'] },
};
