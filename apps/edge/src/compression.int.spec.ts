import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { titleMessage, titlePageMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';

describe('compression', () => {
  let edge: TestEdge;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge();
    token = await edge.issuer.sign({ role: 'editor' });
    edge.catalog.handlers = {
      listTitles: () => titlePageMessage(Array.from({ length: 20 }, () => titleMessage())),
    };
    edge.video.handlers = {
      getMediaPlaylist: () => ({ playlist: `#EXTM3U\n${'#EXTINF:4.0,\nmedia.mp4\n'.repeat(100)}` }),
      presignUploadParts: () => ({
        parts: Array.from({ length: 20 }, (_, index) => ({
          partNumber: index + 1,
          url: '/'.repeat(99),
          sizeBytes: 1,
          token: '',
        })),
        expiresAt: new Date().toISOString(),
      }),
    };
  });
  afterAll(() => edge.stop());

  /** Unlike fetch, does not decode the body. */
  const send = (method: string, path: string, json?: unknown): Promise<IncomingMessage> => {
    const headers = { 'accept-encoding': 'br', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      request(edge.url + path, { method, headers }, resolve)
        .once('error', reject)
        .end(json === undefined ? undefined : JSON.stringify(json));
    });
  };

  it.each([
    ['JSON', '/v1/titles'],
    ['a playlist', `/v1/playback/${ID}/renditions/${ID}.m3u8?token=a`],
    ['the OpenAPI document', '/v1/openapi.json'],
  ])('encodes %s', async (_name, path) => {
    const response = await send('GET', path);
    expect([response.statusCode, response.headers]).toMatchObject([
      200,
      { 'content-encoding': 'br', vary: expect.stringMatching(/\bAccept-Encoding$/) },
    ]);
    const plain = await edge.fetch(path, { headers: { 'accept-encoding': 'identity' } });
    const text = brotliDecompressSync(await buffer(response)).toString();
    expect(text.length).toBeGreaterThan(3 * Number(response.headers['content-length']));
    if (path !== '/v1/titles') expect(text).toBe(await plain.text());
  });

  it('does not encode presigned URLs', async () => {
    const response = await send('POST', `/v1/uploads/${ID}/parts`, { partNumbers: [1] });
    expect(response.statusCode).toBe(200);
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect((await buffer(response)).length).toBeGreaterThan(2_000);
  });

  it('every operation that returns tokens, secrets, or URLs with them declares this, so that its responses are not encoded', () => {
    const withCredentials = edge.routes.flatMap(({ config }) =>
      config?.operation?.returnsCredentials ? [config.operation.operationId] : [],
    );
    expect(new Set(withCredentials)).toEqual(
      new Set([
        'createSession',
        'signInWithPasskey',
        'signInWithProvider',
        'refreshSession',
        'selectProfile',
        'startPlayback',
        'createApiKey',
        'rotateApiKey',
        'createWebhook',
        'rotateWebhookSecret',
        'createParty',
        'getParty',
        'presignUploadParts',
      ]),
    );
  });
});
