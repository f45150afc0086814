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
    parkedAt: '2026-11-21T08:00:00.123Z',
  };
}

/** An edge where catalog has two dead letters on two pages, user has one, and video is unavailable. */
describe('viernes dead-letters', () => {
  let edge: Server;
  let requests: string[];
  let stdout: string[];
  let stderr: string[];
  let rateLimited: number;

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
      if (pathname === '/v1/dead-letters') {
        const service = searchParams.get('service');
        if (service === 'video') return reject(503, 'DEPENDENCY_UNAVAILABLE');
        if (service === 'user') return respond(200, { deadLetters: [deadLetter('user', THIRD)], nextCursor: null });
        const isLast = searchParams.get('cursor') === 'next';
        const deadLetters = [deadLetter('catalog', isLast ? SECOND : FIRST)];
        return respond(200, { deadLetters, nextCursor: isLast ? null : 'next' });
      }
      const [, , , service = '', id = ''] = pathname.split('/');
      const exists = service === 'user' ? id === THIRD : service === 'catalog' && id !== THIRD;
      if (!exists) return reject(404, 'DEAD_LETTER_NOT_FOUND');
      return respond(method === 'DELETE' ? 204 : 200, { ...deadLetter(service, id), payload: { titleId: 't' } });
    });
    await once(edge.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    edge.closeAllConnections();
    edge.close();
  });
  beforeEach(() => {
    [requests, stdout, stderr, rateLimited] = [[], [], [], 0];
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
    expect(stderr).toEqual([expect.stringMatching(/^warning: video is unavailable.*DEPENDENCY_UNAVAILABLE/)]);
    expect(requests[0]).toContain('state=parked');
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
