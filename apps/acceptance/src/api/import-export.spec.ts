import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Schema } from '@viernes/api-client';
import { importFile, runCli, type ImportSummary } from '../support/cli.js';
import { get, requireBody } from '../support/http.js';
import { Editor } from '../support/editor.js';
import { uniqueWord } from '../support/unique.js';

const HEADER = 'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description';
const ROWS = [
  's1,Movie,"A Story of a\nTest",Ada Sample,"Bo Example, Bo Example",", South Korea"," August 4, 2017",2017,74 min,,Documentaries,"Says ""hi""."',
  's2,TV Show,\u200Bسلسلة,,"Cy ""Zed"" Example","West Germany, France","September 25, 2021",2021,TV-MA,2 Seasons,"Crime, Mystery",',
  's3,Movie,Too few fields',
  's4,Movie,Plain,,,,,,,,,',
];

async function importOutcomes(...args: string[]): Promise<Pick<ImportSummary, 'exitCode' | 'outcomes'>> {
  const { exitCode, outcomes } = await importFile(...args);
  return { exitCode, outcomes };
}

describe('a catalog in a CSV file', () => {
  const source = uniqueWord();
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-import-'));
    file = join(folder, `${source}.csv`);
    await writeFile(file, `${[HEADER, ...ROWS].join('\n')}\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('imports a file with repairs, and changes nothing when it is imported again', async () => {
    const report = join(folder, 'report.csv');
    expect(await importOutcomes(file, '--report', report)).toEqual({
      exitCode: 3,
      outcomes: { created: 3, replaced: 0, unchanged: 0, rejected: 1 },
    });
    const reported = await readFile(report, 'utf8');
    expect(reported).toContain('5,,rejected,,has fewer fields than the header,');
    expect(reported).toContain('2,s1,repaired,rating,contains the duration,74 min,');
    expect(await importOutcomes(file)).toEqual({
      exitCode: 3,
      outcomes: { created: 0, replaced: 0, unchanged: 3, rejected: 1 },
    });
  });

  it('returns titles as they were imported', async () => {
    const { token } = await Editor.signIn();
    const path = `/v1/title-exports?source=${source}`;
    const { titles } = requireBody(await get<Schema<'TitleExportPage'>>(path, { token }), 200);
    expect(titles.find(({ externalId }) => externalId === `${source}/s1`)).toMatchObject({
      ...{ kind: 'film', name: 'A Story of a Test', synopsis: 'Says "hi".', countries: ['KR'], addedOn: '2017-08-04' },
      ...{ runtimeMinutes: 74, maturityRating: null },
      credits: [
        { name: 'Ada Sample', role: 'director' },
        { name: 'Bo Example', role: 'actor' },
      ],
    });
    expect(titles.find(({ externalId }) => externalId === `${source}/s2`)).toMatchObject({
      ...{ kind: 'series', name: 'سلسلة', seasonCount: 2, countries: ['DE', 'FR'], genres: ['Crime', 'Mystery'] },
    });
  });

  it('changes nothing when an export is imported', async () => {
    const exported = join(folder, 'exported.csv');
    expect(await runCli('export', exported, '--source', source)).toMatchObject({ exitCode: 0 });
    expect((await readFile(exported, 'utf8')).split('\n')[0]).toBe(HEADER);
    expect(await importOutcomes(exported, '--source', source)).toEqual({
      exitCode: 0,
      outcomes: { created: 0, replaced: 0, unchanged: 3, rejected: 0 },
    });
  });
});
