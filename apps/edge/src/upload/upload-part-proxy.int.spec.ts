import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@viernes/contracts';
import { S3ObjectStore } from '@viernes/storage';
import { backing, eventually, uniqueName } from '@viernes/testing';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const PART = randomBytes(6_000_000);
const KEY = 'sources/video';

describe('upload parts through the edge', () => {
  const id = randomUUID();
  const store = new S3ObjectStore({ ...backing().s3, bucket: uniqueName('edge-parts').replaceAll('_', '-') });
  let edge: TestEdge;
  let multipartId: string;

  beforeAll(async () => {
    await store.ensureBucket();
    edge = await startEdge();
  });
  beforeEach(async () => {
    multipartId = await store.startMultipart(KEY, 'video/mp4');
    const signed = (partNumber: number) =>
      store.presignPart(KEY, multipartId, { partNumber, sizeBytes: PART.length }, 60);
    edge.video.handlers = {
      presignUploadParts: ({ partNumbers }) => ({
        parts: partNumbers.map((partNumber) => ({
          partNumber,
          url: '',
          sizeBytes: PART.length,
          token: `t+${partNumber}`,
        })),
        expiresAt: new Date().toISOString(),
      }),
      getPartLocation: async ({ partNumber, token }) => {
        if (token !== `t+${partNumber}`) throw new CodedError('UPLOAD_NOT_FOUND');
        return { url: await signed(partNumber), sizeBytes: PART.length };
      },
    };
  });
  afterAll(() => edge.stop());

  const getUrls = async (partNumbers: number[]): Promise<string[]> => {
    const response = await edge.fetch(`/v1/uploads/${id}/parts`, { method: 'POST', json: { partNumbers } });
    return ((await response.json()) as { parts: { url: string }[] }).parts.map(({ url }) => url);
  };
  const put = (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
    edge.fetch(path, { method: 'PUT', token: null, body, headers });
  /** A client whose body the test writes. */
  const open = (path: string, sizeBytes = PART.length): ClientRequest => {
    const client = httpRequest(edge.url + path, { method: 'PUT', headers: { 'content-length': sizeBytes } });
    client.on('error', () => undefined);
    return client;
  };
  const startSlowStorage = async (
    handle: (request: IncomingMessage) => void,
    sizeBytes = PART.length,
  ): Promise<Server> => {
    const server = createServer(handle);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/part`;
    edge.video.handlers.getPartLocation = () => ({ url, sizeBytes });
    return server;
  };

  it('accepts a part at a path of the edge without a token header and with any content type', async () => {
    const [first = '', second = ''] = await getUrls([1, 2]);
    expect(first).toBe(`/v1/uploads/${id}/parts/1?token=t%2B1`);
    expect((await put(first, new Uint8Array(PART))).status).toBe(204);
    expect((await put(second, new Uint8Array(PART), { 'content-type': 'application/json' })).status).toBe(204);
    const arrived = await store.listParts(KEY, multipartId);
    expect(arrived?.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes])).toEqual([
      [1, PART.length],
      [2, PART.length],
    ]);
    await store.completeMultipart(KEY, multipartId);
    const complete = await (await fetch(await store.presignGet(KEY, 60, { audience: 'internal' }))).arrayBuffer();
    expect(Buffer.from(complete).equals(Buffer.concat([PART, PART]))).toBe(true);
  });

  it('returns 400 if the length of a part is not the declared one', async () => {
    const [path = ''] = await getUrls([1]);
    const response = await put(path, new Uint8Array(PART.subarray(1)));
    expect(await response.json()).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ path: 'content-length' }] });
    expect(await store.listParts(KEY, multipartId)).toEqual([]);
  });

  it('returns UPLOAD_NOT_FOUND for a wrong token, and UPLOAD_CLOSED after the upload was aborted', async () => {
    const [path = ''] = await getUrls([1]);
    expect(await (await put(`${path}x`, new Uint8Array(PART))).json()).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    await store.abortMultipart(KEY, multipartId);
    const late = await put(path, new Uint8Array(PART));
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'UPLOAD_CLOSED' }]);
  });

  it('returns 503 without details if object storage rejects the part or is unavailable', async () => {
    const [path = ''] = await getUrls([1]);
    edge.video.handlers.getPartLocation = async () => ({
      url: (await store.presignPart(KEY, multipartId, { partNumber: 1, sizeBytes: 5 }, 60)) + '0',
      sizeBytes: PART.length,
    });
    const rejected = await put(path, new Uint8Array(PART));
    expect([rejected.status, await rejected.json()]).toMatchObject([503, { code: 'DEPENDENCY_UNAVAILABLE' }]);
    edge.video.handlers.getPartLocation = () => ({ url: 'http://127.0.0.1:1/part', sizeBytes: PART.length });
    expect((await put(path, new Uint8Array(PART))).status).toBe(503);
  });

  it('aborts the upstream request when the client disconnects', async () => {
    let arrivedBytes = 0;
    let isTruncated = false;
    const server = await startSlowStorage((request) => {
      request.on('data', (chunk: Buffer) => (arrivedBytes += chunk.length));
      request.on('close', () => (isTruncated = !request.complete));
    });
    const client = open(`/v1/uploads/${id}/parts/1?token=t`);
    client.write(PART.subarray(0, 100_000));
    await eventually(() => arrivedBytes === 100_000);
    client.destroy();
    await eventually(() => isTruncated);
    server.close();
  });

  it('applies backpressure to the client while object storage reads nothing', async () => {
    const sizeBytes = 512 * 1024 * 1024;
    const server = await startSlowStorage((request) => void request.pause(), sizeBytes);
    const client = open(`/v1/uploads/${id}/parts/1?token=t`, sizeBytes);
    const chunk = randomBytes(65_536);
    let written = 0;
    const send = (): void => {
      for (; written < sizeBytes; written += chunk.length)
        if (!client.write(chunk)) return void client.once('drain', send);
    };
    send();
    let before = -1;
    await eventually(async () => {
      const isStill = written === before;
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return isStill;
    });
    // Only the socket buffers of both sides are full.
    expect(written).toBeLessThan(sizeBytes / 8);
    client.destroy();
    server.closeAllConnections();
    server.close();
  });

  it('occupies no slot for a client that disconnected before the location was known', async () => {
    const [path = ''] = await getUrls([1]);
    const known = edge.video.handlers.getPartLocation;
    const continuations: (() => void)[] = [];
    edge.video.handlers.getPartLocation = async (request, call) => {
      await new Promise<void>((resolve) => continuations.push(resolve));
      if (!known) throw new Error('no location');
      return known(request, call);
    };
    const clients = Array.from({ length: 8 }, () => open(path));
    for (const client of clients) client.write('part');
    await eventually(() => continuations.length === 8);
    for (const client of clients) client.destroy();
    await Promise.all(
      clients.map((client) => client.closed || new Promise((resolve) => client.once('close', resolve))),
    );
    // After this response, the edge has processed the closed connections.
    await getUrls([1]);
    for (const resume of continuations) resume();
    edge.video.handlers.getPartLocation = known;
    expect((await put(path, new Uint8Array(PART))).status).toBe(204);
  });

  it('limits the concurrent parts of one upload', async () => {
    const received: IncomingMessage[] = [];
    const server = await startSlowStorage((request) => void received.push(request.resume()));
    const path = `/v1/uploads/${id}/parts/1?token=t`;
    const clients = Array.from({ length: 8 }, () => open(path));
    for (const client of clients) client.write('part');
    await eventually(() => received.length === 8);
    expect((await put(path, new Uint8Array(PART))).status).toBe(429);
    for (const client of clients) client.destroy();
    await eventually(() => received.every(({ destroyed }) => destroyed));
    server.closeAllConnections();
    server.close();
  });
});
