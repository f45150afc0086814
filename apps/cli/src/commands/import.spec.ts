import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCli } from '../program.js';

const HEADER = 'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description';
const rows = (count: number, first = 1) =>
  Array.from(
    { length: count },
    (_, index) => `s${first + index},Movie,Film ${first + index},,,,,2001,PG,90 min,Drama,`,
  );
const file = (...lines: string[]) => `${[HEADER, ...lines].join('\n')}\n`;

interface StoredTitle {
  readonly externalId: string;
  readonly name: string;
}

describe('viernes import', () => {
  /** Stores titles by their external IDs, and rejects the name "Invalid". */
  let edge: Server;
  let folder: string;
  let stored: Map<string, string>;
  let batches: number[];
  let failures: number[];
  let stdout: string[];
  let stderr: string[];
  let stopping: AbortController;
  let stopAtBatch: number;

  beforeAll(async () => {
    edge = createServer((request, response) => {
      void text(request).then((body) => {
        const respond = (status: number, content: unknown) =>
          response.writeHead(status, { 'retry-after': '0' }).end(JSON.stringify(content));
        if (request.url === '/v1/sessions') return respond(201, { accessToken: 'token' });
        const failure = failures.shift();
        if (failure !== undefined) return respond(failure, { code: 'X', title: 'Too large' });
        const { titles, dryRun } = JSON.parse(body) as { titles: StoredTitle[]; dryRun: boolean };
        batches.push(titles.length);
        if (batches.length === stopAtBatch) return stopping.abort(new Error('Stopped by SIGINT.'));
        const results = titles.map((title) => store(title, dryRun));
        const isLast = batches.length === stopAtBatch - 1;
        // The command sends a batch before it has received the response to the previous one.
        if (!isLast) respond(200, { results });
      });
    });
    await once(edge.listen(0, '127.0.0.1'), 'listening');
    folder = await mkdtemp(join(tmpdir(), 'viernes-import-spec-'));
  });
  afterAll(async () => {
    edge.closeAllConnections();
    edge.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    stored = new Map();
    [batches, failures, stdout, stderr, stopAtBatch] = [[], [], [], [], -1];
    stopping = new AbortController();
  });

  function store(title: StoredTitle, isDryRun: boolean) {
    if (title.name === 'Invalid') return { outcome: 'rejected', problems: [{ path: 'name', message: 'is invalid' }] };
    const before = stored.get(title.externalId);
    const after = JSON.stringify(title);
    if (!isDryRun) stored.set(title.externalId, after);
    return { outcome: before === undefined ? 'created' : before === after ? 'unchanged' : 'replaced', problems: [] };
  }

  async function importFile(content: string | Uint8Array, ...options: string[]): Promise<number> {
    const path = join(folder, 'films.csv');
    await writeFile(path, content);
    return run(path, ...options);
  }

  function run(...args: string[]): Promise<number> {
    return runCli(['import', ...args], {
      env: {
        EDGE_URL: `http://127.0.0.1:${(edge.address() as AddressInfo).port}`,
        EDITOR_EMAIL: 'editor@example.org',
        EDITOR_PASSWORD: 'secret',
        IMPORT_STATE_DIR: join(folder, 'state'),
        WAIT_SECONDS: '1',
      },
      signal: stopping.signal,
      print: (line) => stdout.push(line),
      log: (line) => stderr.push(line),
      confirm: async () => false,
    });
  }

  async function importJson(content: string, ...options: string[]): Promise<unknown> {
    await importFile(content, '--json', ...options);
    return JSON.parse(stdout.at(-1) ?? '');
  }

  it('sends batches of 200 titles, and changes nothing the second time', async () => {
    const content = file(...rows(450));
    expect(await importFile(content)).toBe(0);
    expect(batches.toSorted((a, b) => b - a)).toEqual([200, 200, 50]);
    expect(stdout.at(-1)).toContain('450 created, 0 replaced, 0 unchanged, 0 rejected');
    expect([...stored.keys()]).toContain('films/s1');

    expect(await importJson(content)).toMatchObject({
      source: 'films',
      rows: 450,
      outcomes: { created: 0, replaced: 0, unchanged: 450, rejected: 0 },
      issues: {},
    });
  });

  it('uses the source of --source, and rejects one with a slash', async () => {
    await importFile(file(...rows(1)), '--source', 'netflix');
    expect([...stored.keys()]).toEqual(['netflix/s1']);
    expect(await importFile(file(...rows(1)), '--source', 'a/b')).toBe(2);
  });

  it('changes nothing in a dry run', async () => {
    const imported = await importJson(file(...rows(2)), '--dry-run');
    expect(imported).toMatchObject({ isDryRun: true, outcomes: { created: 2 } });
    expect(stored.size).toBe(0);
  });

  it('reports each rejected and repaired row with its line, and imports the others', async () => {
    const report = join(folder, 'report.csv');
    const content = file(
      's1,Movie,"Two\nlines",,,,,2001,PG,90 min,Drama,',
      's2,Movie,Too few',
      's3,Movie,Invalid,,,,,2001,PG,90 min,Drama,',
      's4,Movie,"Broken" quote,,,,,2001,PG,90 min,Drama,',
      's1,Movie,Repeated,,,,,2001,PG,90 min,Drama,',
      '',
      's6,Movie,Last,,,Atlantis,,2001,PG,90 min,Drama,',
    );
    expect(await importFile(content, '--report', report)).toBe(3);
    expect([...stored.keys()]).toEqual(['films/s1', 'films/s6']);
    expect((await readFile(report, 'utf8')).split('\n')).toEqual([
      'line,id,action,field,reason,before,after',
      '2,s1,repaired,title,contains a line break,"Two',
      'lines",Two lines',
      '4,,rejected,,has fewer fields than the header,"s2,Movie,Too few",',
      '5,s3,rejected,name,is invalid,,',
      '6,,rejected,,text follows a closing quote,"s4,Movie,""Broken"" quote,,,,,2001,PG,90 min,Drama,",',
      '7,s1,rejected,id,is also the ID of an earlier row,line 2,',
      '9,s6,dropped,country,is an unknown country,Atlantis,',
      '',
    ]);
    expect(stdout.at(-1)).toMatch(/6 rows of films .* 2 created, 0 replaced, 0 unchanged, 4 rejected/);
    expect(stdout.at(-1)).toContain('1  dropped country: is an unknown country');
  });

  it('continues after the last batch with --resume, and completes the report', async () => {
    const report = join(folder, 'resumed.csv');
    const content = file(...rows(199), 's0,Movie', ...rows(300, 200));
    stopAtBatch = 3;
    expect(await importFile(content, '--report', report)).toBe(1);
    expect(stderr).toEqual(['The import is incomplete. Add --resume to continue.', 'Stopped by SIGINT.']);

    stopping = new AbortController();
    [batches, stopAtBatch] = [[], -1];
    expect(await importFile(content, '--report', report, '--resume')).toBe(3);
    expect(batches.toSorted((a, b) => b - a)).toEqual([200, 100]);
    expect(stdout).toContain('resuming after line 201');
    expect(stdout.at(-1)).toMatch(/500 rows .* 299 created, 0 replaced, 200 unchanged, 1 rejected/);
    expect((await readFile(report, 'utf8')).match(/has fewer fields/g)).toHaveLength(1);
    expect(stored.size).toBe(499);

    expect(await importFile(content, '--resume')).toBe(3);
    expect(stdout.at(-1)).toMatch(/500 rows .* 499 unchanged/);
  });

  it('starts from the beginning with --resume if the file has changed', async () => {
    stopAtBatch = 3;
    await importFile(file(...rows(500)));
    stopping = new AbortController();
    stopAtBatch = -1;
    expect(await importFile(file(...rows(501)), '--resume')).toBe(0);
    expect(stdout.at(-1)).toContain('501 rows');
  });

  it('retries while the edge is unavailable', async () => {
    failures = [503, 429];
    expect(await importFile(file(...rows(1)))).toBe(0);
    expect(stored.size).toBe(1);
  });

  it('divides a request that is too large', async () => {
    failures = [413];
    expect(await importFile(file(...rows(3)))).toBe(0);
    expect(batches).toEqual([2, 1]);
    failures = [413];
    expect(await importFile(file(...rows(1)))).toBe(3);
  });

  it.each([
    ['semicolons', ';', ''],
    ['tabs', '\t', ''],
    ['a byte order mark', ',', '\uFEFF'],
  ])('detects %s', async (_, delimiter, mark) => {
    const content =
      mark +
      file(...rows(2))
        .replaceAll(',', delimiter)
        .replaceAll('\n', '\r\n');
    expect(await importFile(content)).toBe(0);
    expect([...stored.keys()]).toEqual(['films/s1', 'films/s2']);
  });

  it('imports a file with missing and unknown columns, and lists the unknown ones once', async () => {
    expect(await importFile('Title;TYPE;budget\nMetropolis;Movie;5\nNosferatu;Movie;1\n')).toBe(0);
    expect(stdout[0]).toBe('ignored columns: budget');
    expect(stored.size).toBe(2);
  });

  it('imports another header with a mapping file', async () => {
    const mapping = join(folder, 'mapping.json');
    await writeFile(
      mapping,
      JSON.stringify({
        columns: { id: 'tconst', name: 'primaryTitle', genres: 'genres' },
        defaults: { kind: 'film' },
        missingValues: ['\\N'],
      }),
    );
    const content = 'tconst\tprimaryTitle\tgenres\ntt1\t"Quoted" Name\t\\N\n';
    expect(await importFile(content, '--mapping', mapping, '--no-quotes')).toBe(0);
    expect(JSON.parse(stored.get('films/tt1') ?? '')).toMatchObject({
      kind: 'film',
      name: '"Quoted" Name',
      genres: [],
    });
  });

  it.each([
    ['an empty file', '', 'films.csv is empty.'],
    ['Windows-1252', Buffer.from(`${HEADER}\ns1,Movie,Am\xe9lie\n`, 'latin1'), 'not text in UTF-8: line 2.'],
    ['UTF-16', Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'), 'iconv -f UTF-16'],
    ['a binary file', Uint8Array.from([80, 75, 3, 4, 0, 0]), 'not text in UTF-8: line 1.'],
    [
      'an unknown header',
      'name,year\nMetropolis,1927\n',
      'has no column "title" for the name of titles. Its columns are: name, year',
    ],
    ['a header with invalid quotes', 'a"b,c\n', 'The quotes in the header of'],
  ])('rejects %s with exit code 2', async (_, content, message) => {
    expect(await importFile(content)).toBe(2);
    expect(stderr.join('\n')).toContain(message);
  });

  it('rejects a folder, a missing file, and an invalid mapping file with exit code 2', async () => {
    expect(await run(folder)).toBe(2);
    expect(await run(join(folder, 'missing.csv'))).toBe(2);
    expect(stderr).toEqual([
      `${folder} is a folder. Pass the path of a CSV file.`,
      `${join(folder, 'missing.csv')} does not exist. Check the path.`,
    ]);
    const mapping = join(folder, 'invalid.json');
    await writeFile(mapping, '{ "colums": {}, "columns": { "nam": "x" }, "dateFormats": ["Y"] }');
    expect(await importFile(file(), '--mapping', mapping)).toBe(2);
    expect(stderr.at(-1)).toMatch(/invalid\.json:\n.*columns[\s\S]*dateFormats\.0: "Y" is not a date format/);
    expect(stderr.at(-1)).toMatch(/\n  Unrecognized key: "colums"/);
  });

  it('names a missing mapping file, and a report whose folder does not exist', async () => {
    const missing = join(folder, 'missing', 'file');
    expect(await importFile(file(), '--mapping', missing)).toBe(2);
    expect(await importFile(file(), '--report', missing)).toBe(2);
    expect(stderr).toEqual([
      `The mapping file ${missing} does not exist. Check the path.`,
      `The report ${missing} cannot be written: its folder does not exist. Check the path.`,
    ]);
  });

  it('imports a file that has only a header', async () => {
    expect(await importFile(file())).toBe(0);
    expect(stdout.at(-1)).toContain('0 rows');
  });
});
