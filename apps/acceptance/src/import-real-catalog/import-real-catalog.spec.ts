import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { importFile, runCli } from '../support/cli.js';
import { get, requireBody } from '../support/http.js';
import { Editor } from '../support/editor.js';
import { uniqueWord } from '../support/unique.js';

const { catalogPath = '' } = config;
const ROWS = 8_807;

/** The issues of the file, with their counts. */
const ISSUES = {
  'repaired description: contains a space other than U+0020': 9,
  'repaired country: is a former state': 9,
  'repaired country: contains an empty item': 7,
  'repaired title: contains a zero-width space': 5,
  'repaired title: contains a space other than U+0020': 5,
  'repaired rating: contains the duration': 3,
  'repaired cast: is not in Unicode normalization form C': 2,
  'repaired cast: contains an item twice': 2,
  'repaired director: contains an item twice': 1,
  'repaired cast: contains a zero-width space': 1,
  'repaired description: contains a line break': 1,
  'repaired title: contains a line break': 1,
  'repaired country: contains an item twice': 1,
};

// The file is not part of the repository: npm test runs this folder if CATALOG_PATH is set. The timeout only ends a hanging
// test.
describe('a real catalog of 8,807 rows', { timeout: 900_000 }, () => {
  const source = uniqueWord();
  const unchanged = { created: 0, replaced: 0, unchanged: ROWS, rejected: 0 };
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-catalog-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('imports every row, and reports each repaired value with its line', async () => {
    const report = join(folder, 'report.csv');
    expect(await importFile(catalogPath, '--source', source, '--report', report)).toMatchObject({
      exitCode: 0,
      rows: ROWS,
      outcomes: { created: ROWS, replaced: 0, unchanged: 0, rejected: 0 },
      issues: ISSUES,
    });
    const lines = (await readFile(report, 'utf8')).trimEnd().split('\n');
    const count = Object.values(ISSUES).reduce((sum, each) => sum + each, 0);
    expect(lines.filter((line) => /^\d+,s\d+,repaired,/.test(line))).toHaveLength(count);
    expect(lines.find((line) => line.includes(',rating,contains the duration,74 min,'))).toMatch(/^\d+,s5542,/);
  });

  it('a second import changes nothing', async () => {
    expect(await importFile(catalogPath, '--source', source)).toMatchObject({ exitCode: 0, outcomes: unchanged });
  });

  it('the import of an export changes nothing', async () => {
    const exported = join(folder, 'exported.csv');
    expect(await runCli('export', exported, '--source', source)).toMatchObject({ exitCode: 0 });
    expect(await importFile(exported, '--source', source)).toMatchObject({
      exitCode: 0,
      rows: ROWS,
      outcomes: unchanged,
      issues: {},
    });
  });

  it('the API returns imported films and series with their people, countries, and ratings', async () => {
    const { token } = await Editor.signIn();
    const byId = new Map<string | null, Schema<'TitleDetails'>>();
    let cursor = '';
    // The first two batches of the import are sent concurrently, with up to 200 titles each, in any order.
    for (let page = 0; page < 4; page += 1) {
      const path = `/v1/title-exports?source=${source}&pageSize=100${cursor && `&cursor=${cursor}`}`;
      const { titles, nextCursor } = requireBody(await get<Schema<'TitleExportPage'>>(path, { token }), 200);
      for (const title of titles) byId.set(title.externalId, title);
      cursor = nextCursor ?? '';
    }
    expect(byId.get(`${source}/s1`)).toMatchObject({
      ...{ kind: 'film', name: 'Dick Johnson Is Dead', releaseYear: 2020, runtimeMinutes: 90, countries: ['US'] },
      ...{ maturityRating: 'PG-13', addedOn: '2021-09-25', credits: [{ name: 'Kirsten Johnson', role: 'director' }] },
    });
    expect(byId.get(`${source}/s2`)).toMatchObject({ kind: 'series', name: 'Blood & Water', seasonCount: 2 });
  });
});
