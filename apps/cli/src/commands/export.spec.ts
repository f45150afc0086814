import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHeader, readRows, toMapping } from '@viernes/title-csv';
import { toByteSource } from '../import/file-source.js';
import { runCli } from '../program.js';

const EMPTY_TITLE = {
  ...{ score: null, releaseYear: null, maturityRating: null, runtimeMinutes: null, seasonCount: null, addedOn: null },
  ...{ synopsis: '', genres: [], countries: [], languages: [], credits: [] },
};
const FILM = {
  ...{
    ...EMPTY_TITLE,
    externalId: 'films/s1',
    kind: 'film',
    name: 'Say "Hi", Fritz',
    releaseYear: 2001,
    runtimeMinutes: 90,
  },
  ...{ synopsis: 'One.\n\nTwo.', maturityRating: 'PG', genres: ['Drama', 'Crime, Mystery'], countries: ['HK', 'BA'] },
  addedOn: '2021-09-05',
  credits: [
    { name: 'Fritz Lang', role: 'director' },
    { name: '"Weird Al" Yankovic', role: 'actor' },
    { name: 'Robert Downey, Jr.', role: 'actor' },
  ],
};
const SERIES = { ...EMPTY_TITLE, externalId: 'films/a/2', kind: 'series', name: 'Two', seasonCount: 1 };
const WITHOUT_ID = { ...EMPTY_TITLE, externalId: null, kind: 'film', name: 'Three' };

describe('viernes export', () => {
  /** Exports two titles on the first page, and one on the second. */
  let edge: Server;
  let folder: string;
  let requests: string[];
  let stdout: string[];
  let stderr: string[];
  let isBroken: boolean;
  let further: object;

  beforeAll(async () => {
    edge = createServer((request, response) => {
      const respond = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
      const { url = '' } = request;
      if (url === '/v1/sessions') return respond(201, { accessToken: 'token' });
      requests.push(url);
      if (!url.includes('cursor'))
        return respond(200, { titles: [FILM, { ...SERIES, ...further }], nextCursor: 'next' });
      return isBroken ? respond(500, { code: 'INTERNAL' }) : respond(200, { titles: [WITHOUT_ID], nextCursor: null });
    });
    await once(edge.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    edge.closeAllConnections();
    edge.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-export-spec-'));
    [requests, stdout, stderr, isBroken, further] = [[], [], [], false, {}];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (...args: string[]) =>
    runCli(['export', ...args], {
      env: {
        EDGE_URL: `http://127.0.0.1:${(edge.address() as AddressInfo).port}`,
        EDITOR_EMAIL: 'editor@example.org',
        EDITOR_PASSWORD: 'secret',
      },
      signal: new AbortController().signal,
      print: (line) => stdout.push(line),
      log: (line) => stderr.push(line),
      confirm: async () => false,
    });

  async function readTitles(path: string, source: string) {
    const mapping = toMapping();
    const header = await readHeader(toByteSource(path), mapping, { delimiter: undefined, hasQuotes: true });
    const titles = [];
    for await (const { title, issues } of readRows(toByteSource(path), header, mapping, source))
      titles.push({ title, issues });
    return titles;
  }

  it('writes the columns that import reads, and one row per title', async () => {
    const path = join(folder, 'out.csv');
    expect(await run(path, '--source', 'films')).toBe(0);
    expect(requests).toEqual([
      '/v1/title-exports?pageSize=100&source=films',
      '/v1/title-exports?pageSize=100&source=films&cursor=next',
    ]);
    expect(await readFile(path, 'utf8')).toBe(
      'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description\n' +
        's1,Movie,"Say ""Hi"", Fritz",Fritz Lang,"""Weird Al"" Yankovic, ""Robert Downey, Jr.""",' +
        '"Hong Kong, Bosnia and Herzegovina","September 5, 2021",2001,PG,90 min,"Drama, ""Crime, Mystery""",' +
        '"One.\n\nTwo."\n' +
        'films/a/2,TV Show,Two,,,,,,,1 Season,,\n',
    );
    expect(stdout).toEqual([
      expect.stringMatching(/^exported 2 titles to .*out\.csv in/),
      'omitted 1 title(s) without an external ID, because import could not match them',
    ]);
  });

  it.each([
    ['of one source', ['--source', 'films'], 'films'],
    ['of all sources', [], 'other'],
  ])('writes titles %s that import reads without an issue', async (_, options, source) => {
    const path = join(folder, 'out.csv');
    await run(path, ...options);
    expect(await readTitles(path, source)).toEqual([
      {
        title: {
          ...{ externalId: 'films/s1', kind: 'film', name: FILM.name, synopsis: FILM.synopsis, releaseYear: 2001 },
          ...{ runtimeMinutes: 90, maturityRating: 'PG', addedOn: '2021-09-05', languages: [] },
          ...{ genres: FILM.genres, countries: FILM.countries, credits: FILM.credits },
        },
        issues: [],
      },
      { title: expect.objectContaining({ externalId: 'films/a/2', kind: 'series', seasonCount: 1 }), issues: [] },
    ]);
  });

  it('adds the further columns for which a title has a value', async () => {
    const credits = [
      { name: 'Bo', role: 'actor' },
      { name: 'Cy', role: 'actor', character: 'The Captain, retired' },
      { name: 'Ada', role: 'composer' },
    ];
    further = { score: 7.5, languages: ['de', 'pt-BR'], credits };
    const path = join(folder, 'out.csv');
    await run(path);
    expect((await readFile(path, 'utf8')).split('\n')[0]).toMatch(/,description,score,languages,composers,characters$/);
    const [, series] = await readTitles(path, 'films');
    expect(series).toMatchObject({ title: further, issues: [] });
  });

  it('keeps an existing file when the export fails', async () => {
    isBroken = true;
    const path = join(folder, 'out.csv');
    await writeFile(path, 'before');
    expect(await run(path)).toBe(1);
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['out.csv']);
  });

  it('exits with 2 if the file cannot be written', async () => {
    const path = join(folder, 'missing', 'out.csv');
    expect(await run(path)).toBe(2);
    expect(await run(folder)).toBe(2);
    expect(stderr).toEqual([
      `${path} cannot be written: its folder does not exist. Check the path.`,
      `${folder} cannot be written: it is a folder. Check the path.`,
    ]);
  });
});
