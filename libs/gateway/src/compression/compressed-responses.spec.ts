import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { fastify, type FastifyInstance, type FastifyReply, type LightMyRequestResponse } from 'fastify';
import { defineOperation } from '../routes/operation.js';
import { compressResponses } from './compressed-responses.js';

const TEXT = JSON.stringify({ words: Array.from({ length: 300 }, (_, index) => `ñ${index % 7}`) });
const TYPE = 'application/json; charset=utf-8';

const returnsToken = defineOperation({
  operationId: 'test',
  method: 'GET',
  path: '/token',
  tag: 'tests',
  summary: 'A test',
  auth: 'none',
  returnsCredentials: true,
  success: { status: 200, description: 'Success' },
  errors: [],
});

describe('compressResponses', () => {
  let server: FastifyInstance;
  beforeAll(() => {
    server = fastify();
    compressResponses(server);
    const route = (path: string, send: (reply: FastifyReply) => FastifyReply): void => {
      server.get(path, (_request, reply) => send(reply.type(TYPE)));
    };
    route('/text', (reply) => reply.send(TEXT));
    route('/buffer', (reply) => reply.header('content-length', 0).send(Buffer.from(TEXT)));
    route('/problem', (reply) => reply.code(400).type('application/problem+json').send(TEXT));
    route('/playlist', (reply) => reply.type('application/vnd.apple.mpegurl').send(TEXT));
    route('/tagged', (reply) => reply.header('etag', '"a1"').header('vary', 'Authorization').send(TEXT));
    route('/short', (reply) => reply.send('{}'));
    route('/range', (reply) => reply.code(206).send(TEXT));
    route('/encoded', (reply) => reply.header('content-encoding', 'zstd').send(Buffer.from(TEXT)));
    route('/fixed', (reply) => reply.header('cache-control', 'public, no-transform').send(TEXT));
    route('/media', (reply) => reply.type('video/mp4').send(Buffer.from(TEXT)));
    route('/stream', (reply) => reply.type('text/event-stream').send(Readable.from([TEXT])));
    server.get('/token', { config: { operation: returnsToken } }, (_request, reply) => reply.type(TYPE).send(TEXT));
  });
  afterAll(() => server.close());

  const get = (url: string, acceptEncoding?: string): Promise<LightMyRequestResponse> =>
    server.inject({ url, headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding } });

  it.each([
    ['zstd', zstdDecompressSync],
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('encodes a body with %s', async (encoding, decompress) => {
    for (const path of ['/text', '/buffer', '/problem', '/playlist']) {
      const { headers, rawPayload } = await get(path, encoding);
      expect({ path, ...headers }).toMatchObject({
        path,
        'content-encoding': encoding,
        'content-length': String(rawPayload.length),
        vary: 'Accept-Encoding',
      });
      expect(rawPayload.length).toBeLessThan(TEXT.length / 4);
      expect(decompress(rawPayload).toString()).toBe(TEXT);
    }
  });

  it('returns a compressible body unchanged and with Vary if the request has no Accept-Encoding', async () => {
    const { headers, body } = await get('/text');
    expect(body).toBe(TEXT);
    expect(headers).toMatchObject({ vary: 'Accept-Encoding' });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it.each(['/short', '/range', '/encoded', '/fixed', '/media', '/stream', '/token'])(
    'returns %s unchanged',
    async (path) => {
      const [plain, response] = [await get(path), await get(path, 'br, gzip')];
      expect(response.body).toBe(plain.body);
      expect(response.headers).toMatchObject({ ...plain.headers, date: expect.any(String) });
      expect(response.headers).not.toHaveProperty('vary');
    },
  );

  it('weakens the entity tag of the encoded representation, and adds to an existing Vary', async () => {
    expect((await get('/tagged')).headers).toMatchObject({ etag: '"a1"', vary: 'Authorization, Accept-Encoding' });
    expect((await get('/tagged', 'gzip')).headers).toMatchObject({
      etag: 'W/"a1"',
      vary: 'Authorization, Accept-Encoding',
    });
  });

  it('returns the headers of the encoded representation for HEAD', async () => {
    const headers = { 'accept-encoding': 'br' };
    const [get, head] = await Promise.all(
      (['GET', 'HEAD'] as const).map((method) => server.inject({ method, url: '/text', headers })),
    );
    expect(head?.rawPayload).toHaveLength(0);
    expect(head?.headers).toMatchObject({ ...get?.headers, date: expect.any(String) });
  });
});
