import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MediaUnreachableError } from '../edge/edge-errors.js';
import { putPart } from '../upload/put-part.js';
import { fetchMedia } from './media.js';

describe('media requests', () => {
  let server: Server;
  let url: URL;

  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      response.socket?.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/media.mp4`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['GET', () => fetchMedia(url, url.origin, new AbortController().signal)],
    ['PUT', () => putPart(url, url.origin, new Uint8Array(1))],
  ])('%s names the URL of a response that is interrupted', async (method, request) => {
    const failure = await request().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MediaUnreachableError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(`^${method} ${url.href} received no complete response: `) as unknown,
    });
  });
});
