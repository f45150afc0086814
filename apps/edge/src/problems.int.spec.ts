import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { CodedError, ERRORS, type ErrorCode } from '@viernes/contracts';
import { getProblemTitle } from '@viernes/translations';
import { problem } from './problem/problem.schema.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';
import { titlePageMessage } from './testing/messages.js';

const ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';

describe('problem details', () => {
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
    edge.catalog.handlers = { listTitles: () => titlePageMessage() };
  });
  afterAll(() => edge.stop());

  /** Unlike fetch, sends any method. */
  const send = (method: string, path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request(edge.url + path, { method }, (response) => resolve(response.resume()))
        .once('error', reject)
        .end();
    });
  const readProblem = async (response: Response) => {
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const parsed = problem.parse(await response.json());
    expect(parsed.status).toBe(response.status);
    expect(parsed.traceId).toBe(response.headers.get('x-trace-id') ?? parsed.traceId);
    return parsed;
  };

  it.each(Object.keys(ERRORS) as ErrorCode[])(
    '%s of a service returns its status and title, and no details',
    async (code) => {
      edge.catalog.handlers.getTitle = () => {
        throw new CodedError(code);
      };
      const response = await edge.fetch(`/v1/titles/${ID}?`, { token: null });
      const body = await readProblem(response);
      expect(body).toMatchObject({
        code,
        title: getProblemTitle(code),
        status: ERRORS[code].http,
        instance: `/v1/titles/${ID}`,
      });
      expect(body.type).toBe(`/problems/${code.toLowerCase().replaceAll('_', '-')}`);
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(response.headers.has('retry-after')).toBe(ERRORS[code].retry === 'later');
      expect(response.headers.has('www-authenticate')).toBe(ERRORS[code].http === 401);
    },
  );

  it('returns titles in the language that the client prefers, never those of another client', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    const read = async (language: string, path = `/v1/titles/${ID}`) => {
      const response = await edge.fetch(path, { token: null, headers: { 'accept-language': language } });
      const { title, code } = await readProblem(response);
      expect(response.headers.get('vary')).toContain('Accept-Language');
      return [response.headers.get('content-language'), code, title];
    };
    const spanish = ['es', 'TITLE_NOT_FOUND', 'El título no existe'];
    const english = ['en', 'TITLE_NOT_FOUND', 'The title does not exist'];
    // Concurrent equal requests share one call of the service.
    expect(await Promise.all(['es-MX', 'en', 'es;q=0.5', 'zh'].map((language) => read(language)))).toEqual([
      spanish,
      english,
      spanish,
      english,
    ]);
    expect(await read('es', '/v1/no-such')).toEqual(['es', 'ROUTE_NOT_FOUND', 'La ruta no existe']);
  });

  it('describes every problem type', async () => {
    for (const code of Object.keys(ERRORS)) {
      const response = await edge.fetch(`/problems/${code.toLowerCase().replaceAll('_', '-')}`, { token: null });
      expect(await response.json()).toMatchObject({ code });
    }
    expect((await edge.fetch('/problems/no-such', { token: null })).status).toBe(404);
  });

  it('describes a problem type in the language of the client', async () => {
    const read = async (language: string) => {
      const headers = { 'accept-language': language };
      const response = await edge.fetch('/problems/title-not-found', { token: null, headers });
      expect(response.headers.get('vary')).toContain('Accept-Language');
      const { title } = (await response.json()) as { title: string };
      return [response.headers.get('content-language'), title];
    };
    expect(await read('es-AR')).toEqual(['es', 'El título no existe']);
    expect(await read('en')).toEqual(['en', 'The title does not exist']);
  });

  it('returns the messages of invalid fields in the language of the client, also those of a service', async () => {
    const json = { email: 'nobody', password: '', color: 'red' };
    const read = async (language: string, init: object) => {
      const headers = { 'accept-language': language };
      const response = await edge.fetch('/v1/sessions', { method: 'POST', headers, token: null, ...init });
      const { errors = [] } = await readProblem(response);
      return errors.map(({ path, message }) => `${path} ${message}`);
    };
    expect(await read('es', { json })).toEqual([
      'email debe ser una dirección de correo electrónico',
      'password debe tener al menos 1 carácter',
      'color no es un campo de esta solicitud',
    ]);
    expect(await read('en', { json })).toEqual([
      'email must be an email address',
      'password must have at least 1 character',
      'color is not a field of this request',
    ]);
    edge.user.handlers.createSession = () => {
      const fieldErrors = [{ path: 'device', reason: 'maxLength', values: { count: 100 } }] as const;
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
    };
    const valid = { json: { email: 'ada@example.com', password: 'x' } };
    expect(await read('es', valid)).toEqual(['device debe tener como máximo 100 caracteres']);
    expect(await read('en', valid)).toEqual(['device must have at most 100 characters']);
  });

  it('does not expose the message of an unexpected error', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new Error('select * from title failed at 10.0.0.7');
    };
    const body = await readProblem(await edge.fetch(`/v1/titles/${ID}`, { token: null }));
    expect(body.code).toBe('INTERNAL');
    expect(JSON.stringify(body)).not.toMatch(/select|10\.0/);
  });

  it.each([
    ['GET', '/v1/nothing', undefined, 'ROUTE_NOT_FOUND'],
    ['PATCH', '/v1/nothing', undefined, 'ROUTE_NOT_FOUND'],
    ['OPTIONS', '/v1/nothing', undefined, 'ROUTE_NOT_FOUND'],
    ['POST', '/v1', undefined, 'ROUTE_NOT_FOUND'],
    ['GET', '/v1/titles/not--a-slug', undefined, 'REQUEST_INVALID'],
    ['GET', '/v1/titles?pageSize=101', undefined, 'REQUEST_INVALID'],
    ['GET', '/v1/titles?pagesize=1', undefined, 'REQUEST_INVALID'],
    ['GET', '/v1/titles?query=a&query=b', undefined, 'REQUEST_INVALID'],
    ['GET', '/v1/titles?__proto__[kind]=film', undefined, 'REQUEST_INVALID'],
    ['GET', `/v1/titles/${'a'.repeat(200)}`, undefined, 'ROUTE_NOT_FOUND'],
    ['GET', `/v1/titles?query=${'a'.repeat(7_900)}`, undefined, 'REQUEST_INVALID'],
    ['GET', `/v1/titles?query=${'a'.repeat(8_000)}`, undefined, 'URL_TOO_LONG'],
    ['GET', `/v1/titles/${'a'.repeat(8_000)}`, undefined, 'URL_TOO_LONG'],
    ['GET', `/${'a'.repeat(8_000)}`, undefined, 'URL_TOO_LONG'],
    ['GET', '/v1/titles/%ff', undefined, 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', '{"email":', 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', '', 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', '[]', 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', '{"email":"a","password":"b","__proto__":{"role":"editor"}}', 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', '{"email":"a","password":"b","constructor":{"prototype":{}}}', 'REQUEST_INVALID'],
    ['POST', '/v1/sessions', JSON.stringify({ email: 'a', password: 'x'.repeat(70_000) }), 'BODY_TOO_LARGE'],
  ])('%s %s with body %j returns %s', async (method, path, body, code) => {
    const init = { method, ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }) };
    const response = await edge.fetch(path, { ...init, token: null });
    expect(await readProblem(response)).toMatchObject({ code });
  });

  it.each([
    ['PATCH', '/v1/titles', 'GET, HEAD, OPTIONS, POST'],
    ['PUT', '/v1/titles?pageSize=1', 'GET, HEAD, OPTIONS, POST'],
    ['GET', '/v1/sessions', 'OPTIONS, POST'],
    ['HEAD', '/v1/sessions', 'OPTIONS, POST'],
    ['GET', `/v1/uploads/${ID}/parts/1`, 'OPTIONS, PUT'],
    ['POST', `/v1/playback/${ID}/renditions/480p.m3u8`, 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/v1/home', 'GET, HEAD, OPTIONS'],
    ['TRACE', '/v1/home', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/problems/internal', 'GET, HEAD, OPTIONS'],
  ])('%s %s returns 405 with the allowed methods', async (method, path, allow) => {
    const response = await send(method, path);
    expect([response.statusCode, response.headers['allow']]).toEqual([405, allow]);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('returns the allowed methods for OPTIONS', async () => {
    const response = await send('OPTIONS', `/v1/uploads/${ID}`);
    expect([response.statusCode, response.headers['allow']]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS']);
  });

  it('returns 400 for a body that is not UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"email":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","password":"x"}'),
    ]);
    const headers = { 'content-type': 'application/json' };
    const response = await edge.fetch('/v1/sessions', { method: 'POST', body, headers, token: null });
    expect((await readProblem(response)).errors).toEqual([{ path: 'body', message: 'is not UTF-8' }]);
  });

  it.each([
    ['deeply nested', `{"email":${'['.repeat(33)}`, 'has more than 32 levels of values'],
    ['an object with many fields', `{${'"a":1,'.repeat(257)}`, 'has an object with more than 256 fields'],
  ])('returns 400 for a body that is %s, before it is parsed', async (_name, body, message) => {
    const headers = { 'content-type': 'application/json' };
    const response = await edge.fetch('/v1/sessions', { method: 'POST', body, headers, token: null });
    expect((await readProblem(response)).errors).toEqual([{ path: 'body', message }]);
  });

  it('returns no header that a request injects with encoded line breaks', async () => {
    const injection = '%0d%0aX-Injected:%20a%0d%0a%0d%0a<html>';
    const paths = ['/v1/titles/', '/v1/titles?query=', '/problems/', '/v1/', '/title/', '/', '/v1/playback/'];
    for (const path of paths) {
      const response = await edge.fetch(path + injection, {
        token: null,
        headers: { 'accept-language': 'es;q=1,%0d%0a' },
      });
      expect([path, response.headers.get('x-injected')]).toEqual([path, null]);
      expect([path, [...response.headers.values()].join()]).toEqual([path, expect.not.stringMatching(/injected/i)]);
    }
  });

  it('returns 415 for a body that is not JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const init = { method: 'POST', body: 'email=a', headers: { 'content-type': type }, token: null };
      expect((await readProblem(await edge.fetch('/v1/sessions', init))).code).toBe('MEDIA_TYPE_UNSUPPORTED');
    }
  });

  it.each([
    ['POST', '/v1/sessions', 'gzip'],
    ['PUT', `/v1/uploads/${ID}/parts/1?token=a`, 'br'],
  ])('returns 415 for %s %s with a body that is encoded with %s', async (method, path, encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const response = await edge.fetch(path, { method, body: gzipSync('{}'), headers, token: null });
    expect((await readProblem(response)).code).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(response.headers.get('accept-encoding')).toBe('identity');
  });

  it('names each invalid and each unknown field', async () => {
    const json = { email: 'no', password: 'short', profileName: 'A', role: 'editor' };
    const { errors } = await readProblem(await edge.fetch('/v1/accounts', { method: 'POST', json, token: null }));
    expect(errors?.map(({ path }) => path).sort()).toEqual(['email', 'password', 'role']);
  });

  it('omits the query from the instance, because it can contain a token', async () => {
    edge.video.handlers = {
      getMasterPlaylist: () => {
        throw new CodedError('PLAYBACK_NOT_FOUND');
      },
    };
    const response = await edge.fetch(`/v1/playback/${ID}/master.m3u8?token=very-secret`, { token: null });
    expect((await readProblem(response)).instance).toBe(`/v1/playback/${ID}/master.m3u8`);
  });

  /** Resolves with everything that the edge sends until it closes the connection. */
  const sendRaw = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(edge.url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    let response = '';
    socket.on('data', (chunk) => (response += String(chunk)));
    await once(socket, 'close');
    return response;
  };

  it('returns 431 for headers that are too large', async () => {
    const response = await sendRaw(`GET /v1/titles HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 431 .*"code":"HEADERS_TOO_LARGE"/s);
  });

  it.each([
    ['no Host', '', 'is missing'],
    ['two Host headers', 'Host: a.example\r\nhost: b.example\r\n', 'must be unique'],
    ['the same Host twice', 'Host: a.example\r\nHost: a.example\r\n', 'must be unique'],
  ])('returns 400 for a request with %s', async (_name, headers, message) => {
    const response = await sendRaw(`GET /v1/titles HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).toContain(`{"path":"host","message":"${message}"}`);
  });

  it('continues the trace of the request, and forwards it', async () => {
    const traceId = 'a'.repeat(31) + '1';
    let seen = '';
    edge.catalog.handlers.getTitle = (_request, { metadata }) => {
      seen = String(metadata.get('traceparent')[0]);
      throw new CodedError('TITLE_NOT_FOUND');
    };
    const headers = { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    const response = await edge.fetch(`/v1/titles/${ID}`, { headers, token: null });
    expect(response.headers.get('x-trace-id')).toBe(traceId);
    expect(seen).toContain(traceId);
  });
});
