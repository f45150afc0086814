import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCli } from '../program.js';

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((digit) => `0b7c6a52-4b38-4a0e-9d2c-00000000000${digit}`) as [
  string,
  string,
  string,
];

function deadLetter(service: string, id: string) {
  return {
    ...{ id, service, consumer: `${service}.consumer`, type: 'viernes.video.published.v1', key: 'k', state: 'parked' },
    ...{ errorCode: 'TypeError', errorMessage: 'can\u001b[31mnot', stackHash: '0', attempts: 5 },
    ...{ parkedAt: '2026-11-21T08:00:00.123Z', resolvedAt: null as string | null },
  };
}

type Rejection = [request: RegExp, status: number, code: string];

/** An edge where catalog has two dead letters on two pages, user has one, and the list of video is unavailable. */
describe('viernes dead-letters', () => {
  let edge: Server;
  let requests: string[];
  let stdout: string[];
  let stderr: string[];
  let rateLimited: number;
  let dropped: Set<string>;
  /** Requests whose method and URL match are rejected. */
  let rejected: Rejection[];
  let rejectedAfterDrop: Rejection[];

  beforeAll(async () => {
    edge = createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      const { pathname, searchParams } = new URL(url, 'http://edge');
      const respond = (status: number, body: unknown) => {
        response.writeHead(status, { 'retry-after': '0' }).end(status === 204 ? undefined : JSON.stringify(body));
      };
      const reject = (status: number, code: string) => respond(status, { code, title: code, traceId: 't' });
      if (pathname === '/v1/sessions') return respond(201, { accessToken: 'token' });
      if (headers.authorization !== 'Bearer token') return reject(401, 'UNAUTHENTICATED');
      requests.push(`${method} ${url}`);
      if (rateLimited-- > 0) return reject(429, 'RATE_LIMITED');
      const rejection = rejected.find(([pattern]) => pattern.test(`${method} ${url}`));
      if (rejection) return reject(rejection[1], rejection[2]);
      if (pathname === '/v1/dead-letters') {
        const service = searchParams.get('service');
        if (service === 'user') return respond(200, { deadLetters: [deadLetter('user', THIRD)], nextCursor: null });
        const isLast = searchParams.get('cursor') === 'next';
        const deadLetters = [deadLetter('catalog', isLast ? SECOND : FIRST)];
        return respond(200, { deadLetters, nextCursor: isLast ? null : 'next' });
      }
      const [, , , service = '', id = ''] = pathname.split('/');
      const exists = service === 'user' ? id === THIRD : service === 'catalog' && id !== THIRD;
      if (!exists) return reject(404, 'DEAD_LETTER_NOT_FOUND');
      if (method === 'DELETE') {
        dropped.add(id);
        rejected.push(...rejectedAfterDrop);
      }
      const resolution = dropped.has(id) && { state: 'dropped', resolvedAt: '2026-11-22T08:00:00.000Z' };
      const body = { ...deadLetter(service, id), ...resolution, payload: { titleId: 't' } };
      return respond(method === 'DELETE' ? 204 : 200, body);
    });
    await once(edge.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    edge.closeAllConnections();
    edge.close();
  });
  beforeEach(() => {
    [requests, stdout, stderr, rateLimited, dropped] = [[], [], [], 0, new Set()];
    rejected = [[/service=video/, 503, 'DEPENDENCY_UNAVAILABLE']];
    rejectedAfterDrop = [];
  });

  const run = (args: readonly string[], reply?: boolean): Promise<number> =>
    runCli(['dead-letters', ...args], {
      env: {
        EDGE_URL: `http://127.0.0.1:${(edge.address() as AddressInfo).port}`,
        ADMIN_EMAIL: 'admin@example.org',
        ADMIN_PASSWORD: 'secret',
      },
      signal: new AbortController().signal,
      print: (text) => stdout.push(text),
      log: (text) => stderr.push(text),
      confirm: () => (reply === undefined ? Promise.reject(new Error('No terminal')) : Promise.resolve(reply)),
    });
  const sent = (method: string) => requests.filter((request) => request.startsWith(method));

  it('lists all pages of all services, warns about an unavailable one, and exits with 1', async () => {
    expect(await run(['list'])).toBe(1);
    const rows = stdout.join('\n').split('\n');
    expect(rows.map((row) => row.split(' ')[0])).toEqual(['ID', FIRST, SECOND, THIRD]);
    expect(rows[1]).toContain('2026-11-21T08:00:00Z');
    expect(stderr).toEqual([
      expect.stringMatching(/^warning: video is unavailable, its dead letters are missing.*DEPENDENCY_UNAVAILABLE/),
    ]);
    expect(requests[0]).toContain('state=parked');
  });

  it('warns that a service is listed incompletely if only its first page is available', async () => {
    rejected = [[/cursor=next/, 503, 'DEPENDENCY_UNAVAILABLE']];
    expect(await run(['list', '--service', 'catalog'])).toBe(1);
    expect(stdout.join('')).toContain(FIRST);
    expect(stderr).toEqual([
      expect.stringMatching(/^warning: catalog is unavailable, its dead letters are incomplete: /),
    ]);
  });

  it('prints no control characters of an event', async () => {
    await run(['list', '--service', 'user']);
    await run(['show', THIRD]);
    expect(stdout.join('')).not.toContain('\u001b');
  });

  it('retries when the edge limits the rate', async () => {
    rateLimited = 2;
    expect(await run(['list', '--service', 'user', '--json'])).toBe(0);
    expect(JSON.parse(stdout.join(''))).toMatchObject([{ id: THIRD }]);
  });

  it('filters by state and type', async () => {
    expect(await run(['list', '--state', 'all', '--service', 'user', '--type', 'other.v1', '--json'])).toBe(0);
    expect(requests[0]).not.toContain('state=');
    expect(JSON.parse(stdout.join(''))).toEqual([]);
  });

  it('finds the service of an ID', async () => {
    expect(await run(['show', THIRD])).toBe(0);
    expect(stdout.join('\n')).toMatch(/service +user/);
    expect(stdout.join('\n')).toContain('"titleId": "t"');
    expect(await run(['show', FIRST, '--service', 'user'])).toBe(2);
    expect(stderr).toEqual([`No dead letter ${FIRST} in user.`]);
  });

  it('finds an ID while another service is unavailable', async () => {
    rejected = [[/GET .*\/catalog\//, 503, 'DEPENDENCY_UNAVAILABLE']];
    expect(await run(['show', THIRD])).toBe(0);
    expect(await run(['redrive', THIRD])).toBe(0);
    expect(await run(['drop', THIRD, '--yes'])).toBe(0);
    expect(stderr).toEqual([]);
  });

  it('exits with 1 and names the unavailable service if no other service has the ID', async () => {
    rejected = [[/GET .*\/catalog\//, 503, 'DEPENDENCY_UNAVAILABLE']];
    expect(await run(['show', FIRST])).toBe(1);
    expect(sent('GET')).toHaveLength(3);
    expect(stderr).toEqual([expect.stringMatching(/catalog is unavailable: .*DEPENDENCY_UNAVAILABLE[^]*--service/)]);
  });

  it('redrives all parked dead letters, or the given ones once each', async () => {
    expect(await run(['redrive', '--all', '--service', 'catalog'])).toBe(0);
    expect(sent('POST')).toEqual([
      `POST /v1/dead-letters/catalog/${FIRST}/redrive`,
      `POST /v1/dead-letters/catalog/${SECOND}/redrive`,
    ]);
    requests = [];
    await run(['redrive', THIRD, THIRD]);
    expect(sent('POST')).toEqual([`POST /v1/dead-letters/user/${THIRD}/redrive`]);
  });

  it('redrive --all skips dead letters that were resolved concurrently', async () => {
    rejected = [[new RegExp(`POST .*${FIRST}`), 409, 'DEAD_LETTER_RESOLVED']];
    expect(await run(['redrive', '--all', '--service', 'catalog'])).toBe(0);
    expect(stdout[0]).toMatch(/^1 redriven\./);
    expect(stdout[1]).toContain(SECOND);
    expect(stderr).toEqual([expect.stringMatching(`^warning: skipped ${FIRST}, which is not parked`)]);
  });

  it.each(['redrive', 'drop'])('%s skips a given ID that is not parked, and exits with 1', async (command) => {
    rejected = [[new RegExp(`(POST|DELETE) .*${FIRST}`), 409, 'DEAD_LETTER_RESOLVED']];
    expect(await run([command, FIRST, THIRD, ...(command === 'drop' ? ['--yes'] : [])])).toBe(1);
    expect(stdout[0]).toMatch(/^1 (redriven|dropped)\./);
    expect(stderr.join('\n')).toContain(`${FIRST}, which is not parked`);
  });

  it.each(['redrive', 'drop'])('%s prints the resolved dead letters if a later one fails', async (command) => {
    rejected = [[new RegExp(`(POST|DELETE) .*${THIRD}`), 503, 'DEPENDENCY_UNAVAILABLE']];
    const options = command === 'drop' ? ['--yes'] : [];
    expect(await run([command, FIRST, THIRD, ...options])).toBe(1);
    expect(stdout[0]).toMatch(/^1 (redriven|dropped)\./);
    expect(stderr).toEqual([expect.stringContaining('DEPENDENCY_UNAVAILABLE')]);
    stdout = [];
    expect(await run([command, FIRST, THIRD, '--json', ...options])).toBe(1);
    expect(JSON.parse(stdout.join(''))).toMatchObject([{ id: FIRST }]);
  });

  it('states that no dead letter matches the options of redrive --all', async () => {
    expect(await run(['redrive', '--all', '--service', 'user', '--type', 'other.v1'])).toBe(0);
    expect(stdout).toEqual(['No parked dead letters match the options.']);
  });

  it('drop --json prints the state after the drop', async () => {
    expect(await run(['drop', THIRD, '--yes', '--json'])).toBe(0);
    expect(JSON.parse(stdout.join(''))).toMatchObject([
      { id: THIRD, state: 'dropped', resolvedAt: '2026-11-22T08:00:00.000Z' },
    ]);
  });

  it('drop --json prints a dead letter that was dropped even if its state cannot be read', async () => {
    rejectedAfterDrop = [[/^GET/, 503, 'DEPENDENCY_UNAVAILABLE']];
    expect(await run(['drop', FIRST, '--yes', '--json'])).toBe(0);
    expect(JSON.parse(stdout.join(''))).toMatchObject([{ id: FIRST, state: 'dropped' }]);
  });

  it.each([
    ['nothing after the reply no', [], false, []],
    ['after the reply yes', [], true, [`DELETE /v1/dead-letters/user/${THIRD}`]],
    ['without confirmation with --yes', ['--yes'], undefined, [`DELETE /v1/dead-letters/user/${THIRD}`]],
    ['without confirmation with -y', ['-y'], undefined, [`DELETE /v1/dead-letters/user/${THIRD}`]],
  ])('drops %s', async (_, options, reply, deleted) => {
    expect(await run(['drop', THIRD, ...options], reply)).toBe(0);
    expect(sent('DELETE')).toEqual(deleted);
  });

  it('drops nothing and exits with 1 if no terminal can confirm', async () => {
    expect(await run(['drop', THIRD])).toBe(1);
    expect(stderr.at(-1)).toBe('No terminal');
    expect(sent('DELETE')).toEqual([]);
  });

  it.each([[['--help']], [['list', '-h']], [['help', 'drop']]])('prints help for %j and exits with 0', async (args) => {
    expect(await run(args)).toBe(0);
    expect(stdout.join('\n')).toContain('Usage: viernes dead-letters');
  });

  it.each([
    [[]],
    [['lst']],
    [['show']],
    [['show', '17']],
    [['show', FIRST, FIRST]],
    [['redrive']],
    [['redrive', '--all', FIRST]],
    [['redrive', FIRST, '--type', 'other.v1']],
    [['drop', '--all']],
    [['drop']],
    [['list', FIRST]],
    [['list', '--state', 'lost']],
    [['list', '--service', 'edge']],
    [['list', '--color']],
  ])('exits with 2 for %j and sends no request', async (args) => {
    expect(await run(args)).toBe(2);
    expect(requests).toEqual([]);
    expect(stderr.join('')).not.toBe('');
  });

  it('exits with 2 and names the missing settings', async () => {
    const context = { env: {}, signal: new AbortController().signal, print: () => undefined };
    const log: string[] = [];
    const confirm = () => Promise.resolve(false);
    const exitCode = await runCli(['dead-letters', 'list'], { ...context, confirm, log: (text) => log.push(text) });
    expect(exitCode).toBe(2);
    expect(log.join('\n')).toMatch(/EDGE_URL: not set[\s\S]*ADMIN_PASSWORD: not set/);
  });
});
