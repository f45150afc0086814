import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCommand } from './arguments.ts';
import { DeadLetterClient } from './dead-letter-client.ts';
import { run } from './run.ts';

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((digit) => `0b7c6a52-4b38-4a0e-9d2c-00000000000${digit}`) as [
  string,
  string,
  string,
];

function letter(service: string, id: string) {
  return {
    ...{ id, service, consumer: `${service}.note`, type: 'viernes.video.published.v1', key: 'k', state: 'parked' },
    ...{ errorCode: 'TypeError', errorMessage: 'can\u001b[31mnot', stackHash: '0', attempts: 5 },
    parkedAt: '2026-11-21T08:00:00.123Z',
  };
}

/** An edge in front of catalog with two letters on two pages, user with one, and video that is away. */
describe('npm run dead-letters', () => {
  let edge: Server;
  let client: DeadLetterClient;
  let asked: string[];
  let printed: string[];
  let warned: string[];
  let busyTimes: number;

  beforeAll(async () => {
    edge = createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      const { pathname, searchParams } = new URL(url, 'http://edge');
      const answer = (status: number, body: unknown, retryAfter?: string): void => {
        response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
        response.end(status === 204 ? undefined : JSON.stringify(body));
      };
      const refuse = (status: number, code: string) => answer(status, { code, title: code, traceId: 't' });
      if (pathname === '/v1/sessions') return answer(201, { accessToken: 'token' });
      if (headers.authorization !== 'Bearer token') return refuse(401, 'UNAUTHENTICATED');
      asked.push(`${method} ${url}`);
      if (busyTimes-- > 0) return answer(429, { code: 'RATE_LIMITED', title: '', traceId: '' }, '0.01');
      if (pathname === '/v1/dead-letters') {
        const service = searchParams.get('service');
        if (service === 'video') return refuse(503, 'DEPENDENCY_UNAVAILABLE');
        if (service === 'user') return answer(200, { deadLetters: [letter('user', THIRD)], nextCursor: null });
        const isLast = searchParams.get('cursor') === 'next';
        const deadLetters = [letter('catalog', isLast ? SECOND : FIRST)];
        return answer(200, { deadLetters, nextCursor: isLast ? null : 'next' });
      }
      const [, , , service, id = ''] = pathname.split('/');
      if (!(service === 'user' && id === THIRD) && service !== 'catalog') return refuse(404, 'DEAD_LETTER_NOT_FOUND');
      if (service === 'catalog' && id === THIRD) return refuse(404, 'DEAD_LETTER_NOT_FOUND');
      return answer(method === 'DELETE' ? 204 : 200, { ...letter(service, id), payload: { titleId: 't' } });
    });
    edge.listen(0, '127.0.0.1');
    await once(edge, 'listening');
  });
  afterAll(() => void edge.close());
  beforeEach(() => {
    [asked, printed, warned, busyTimes] = [[], [], [], 0];
    const edgeUrl = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
    client = new DeadLetterClient({ edgeUrl, email: 'e', password: 'p' }, () => undefined);
  });

  const say = async (args: readonly string[], answer?: boolean): Promise<void> => {
    const command = readCommand(args);
    if (command.name === 'help') throw new Error('that is help');
    await run(command, client, {
      print: (text) => printed.push(text),
      warn: (text) => warned.push(text),
      ask: (_question, otherwise) =>
        answer === undefined ? Promise.reject(new Error(otherwise)) : Promise.resolve(answer),
    });
  };

  it('lists all pages of all services, and tells which is away', async () => {
    await say(['list']);
    const rows = printed.join('\n').split('\n');
    expect(rows.map((row) => row.split(' ')[0])).toEqual(['ID', FIRST, SECOND, THIRD]);
    expect(rows[1]).toContain('2026-11-21T08:00:00Z');
    expect(rows.join('')).not.toContain('\u001b');
    expect(warned).toEqual([expect.stringMatching(/^video is left out: DEPENDENCY_UNAVAILABLE/)]);
  });

  it('waits when the edge asks it to', async () => {
    busyTimes = 2;
    await say(['list', '--service', 'user', '--json']);
    expect(JSON.parse(printed.join(''))).toMatchObject([{ id: THIRD }]);
  });

  it('finds out whose a letter is', async () => {
    await say(['show', THIRD]);
    expect(printed.join('\n')).toMatch(/service +user/);
    expect(printed.join('\n')).toContain('"titleId": "t"');
    await expect(say(['show', FIRST, '--service', 'user'])).rejects.toThrow(`No dead letter ${FIRST} in user`);
  });

  it('redrives all that are parked, or some', async () => {
    await say(['redrive', '--all', '--service', 'catalog']);
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([
      `POST /v1/dead-letters/catalog/${FIRST}/redrive`,
      `POST /v1/dead-letters/catalog/${SECOND}/redrive`,
    ]);
    asked = [];
    await say(['redrive', THIRD, THIRD]);
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([
      `POST /v1/dead-letters/user/${THIRD}/redrive`,
    ]);
  });

  it.each([
    ['a no', [], false, []],
    ['a yes', [], true, [`DELETE /v1/dead-letters/user/${THIRD}`]],
    ['--yes', ['--yes'], undefined, [`DELETE /v1/dead-letters/user/${THIRD}`]],
  ])('drops after %s accordingly', async (_, more, answer, deleted) => {
    await say(['drop', THIRD, ...more], answer);
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual(deleted);
  });

  it('drops nothing where nobody is there to ask', async () => {
    await expect(say(['drop', THIRD])).rejects.toThrow('Nobody is there to ask');
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  });
});
