import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { backing } from '@viernes/testing';
import { S3ObjectStore, type ObjectStore } from './index.js';
import { startSeaweed, type StoreUnderTest } from './testing/seaweed-server.js';

/** The minimum size of a part that is not the last. */
const PART_BYTES = 5 * 1024 * 1024;
const MINUTE_SECONDS = 60;

/** The S3 server of the backing services: MinIO in a container, SeaweedFS natively. */
const connectToBackingStore = async (): Promise<StoreUnderTest> => ({ ...backing().s3, stop: async () => {} });

const startSeaweedStore = async (): Promise<StoreUnderTest> => {
  const weedPath = process.env['WEED_PATH'];
  if (!weedPath)
    throw new Error('WEED_PATH is not set. Run npm test, which sets it to the path of the SeaweedFS binary');
  return startSeaweed(weedPath);
};

describe.each([
  ['the S3 server of the environment', connectToBackingStore],
  ['SeaweedFS', startSeaweedStore],
])('S3ObjectStore on %s', (_, open) => {
  let server: StoreUnderTest;
  let store: ObjectStore;

  beforeAll(async () => {
    server = await open();
    store = new S3ObjectStore({ ...server, bucket: `storage-${randomUUID()}` });
    await store.ensureBucket();
  });
  afterAll(async () => server?.stop());

  const uniqueKey = (): string => `films/${randomUUID()}/source.mp4`;

  async function putPart(key: string, multipartId: string, partNumber: number, bytes: Buffer): Promise<number> {
    const url = await store.presignPart(key, multipartId, { partNumber, sizeBytes: bytes.length }, MINUTE_SECONDS);
    return (await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).status;
  }

  async function putObject(key: string, text: string): Promise<void> {
    const response = await fetch(await store.presignPut(key, MINUTE_SECONDS), { method: 'PUT', body: text });
    expect(response.status).toBe(200);
  }

  it('accepts concurrent calls of ensureBucket by replicas, and later ones', async () => {
    const bucket = `storage-${randomUUID()}`;
    const replicas = [1, 2, 3].map(() => new S3ObjectStore({ ...server, bucket }));
    await Promise.all(replicas.map((replica) => replica.ensureBucket()));
    await expect(replicas[0]?.ensureBucket()).resolves.toBeUndefined();
  });

  it('joins parts that were uploaded out of order into the original bytes', async () => {
    const key = uniqueKey();
    const parts = [randomBytes(PART_BYTES), randomBytes(PART_BYTES), randomBytes(1234)];
    const multipartId = await store.startMultipart(key, 'video/mp4');
    for (const index of [2, 0, 1]) expect(await putPart(key, multipartId, index + 1, parts[index] as Buffer)).toBe(200);

    const listed = await store.listParts(key, multipartId);
    expect(listed?.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes])).toEqual([
      [1, PART_BYTES],
      [2, PART_BYTES],
      [3, 1234],
    ]);
    const object = await store.completeMultipart(key, multipartId);
    expect(object.sizeBytes).toBe(2 * PART_BYTES + 1234);

    const stream = await store.openRead(key);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await buffer(stream ?? Readable.from([])))).toBe(digest(Buffer.concat(parts)));
  });

  it('returns the same object from concurrent and repeated calls of completeMultipart', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    await putPart(key, multipartId, 1, randomBytes(100));
    const racing = await Promise.all([1, 2, 3].map(() => store.completeMultipart(key, multipartId)));
    racing.push(await store.completeMultipart(key, multipartId));
    expect(new Set(racing.map(({ entityTag, sizeBytes }) => `${entityTag} ${sizeBytes}`)).size).toBe(1);
    expect(await store.listParts(key, multipartId)).toBeUndefined();
  });

  it('lists more parts than one page contains', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    const count = 1001;
    for (let first = 1; first <= count; first += 25) {
      const numbers = Array.from({ length: Math.min(25, count - first + 1) }, (_, index) => first + index);
      await Promise.all(numbers.map((partNumber) => putPart(key, multipartId, partNumber, Buffer.from('x'))));
    }
    const listed = await store.listParts(key, multipartId);
    expect(listed).toHaveLength(count);
    expect(listed?.at(-1)?.partNumber).toBe(count);
    await store.abortMultipart(key, multipartId);
  });

  it('stores the later bytes of a part that was sent twice', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    await putPart(key, multipartId, 1, Buffer.from('first'));
    await putPart(key, multipartId, 1, Buffer.from('second'));
    expect((await store.completeMultipart(key, multipartId)).sizeBytes).toBe('second'.length);
  });

  it('returns 403 for a part whose length differs from the signed one', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    const url = await store.presignPart(key, multipartId, { partNumber: 1, sizeBytes: 10 }, MINUTE_SECONDS);
    expect((await fetch(url, { method: 'PUT', body: 'x'.repeat(11) })).status).toBe(403);
    expect(await store.listParts(key, multipartId)).toEqual([]);
  });

  it('rejects with UPLOAD_INCOMPLETE for an upload without parts, and for an unknown one', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    await expect(store.completeMultipart(key, multipartId)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await store.abortMultipart(key, multipartId);
    await expect(store.completeMultipart(key, multipartId)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
  });

  it('lists open multipart uploads and aborts them idempotently', async () => {
    const key = uniqueKey();
    const multipartId = await store.startMultipart(key, 'video/mp4');
    await putPart(key, multipartId, 1, Buffer.from('bytes'));
    expect(await store.listMultiparts(key)).toEqual([multipartId]);
    await store.abortMultipart(key, multipartId);
    await store.abortMultipart(key, multipartId);
    expect(await store.listMultiparts(key)).toEqual([]);
    expect(await store.listParts(key, multipartId)).toBeUndefined();
  });

  it('creates presigned URLs that support ranges and return the requested headers', async () => {
    const key = uniqueKey();
    await putObject(key, 'abcdefghij');
    const cacheControl = 'private, max-age=60, immutable';
    const url = await store.presignGet(key, MINUTE_SECONDS, {
      audience: 'internal',
      contentType: 'video/mp4',
      cacheControl,
    });
    const response = await fetch(url, { headers: { range: 'bytes=2-4' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('cache-control')).toBe(cacheControl);
    expect(await response.text()).toBe('cde');
  });

  it('creates presigned URLs with the public host for browsers and the internal host otherwise', async () => {
    const split = new S3ObjectStore({ ...server, bucket: 'any', publicEndpoint: 'https://media.example.test' });
    const browser = await split.presignGet('key', MINUTE_SECONDS, { audience: 'browser' });
    const part = await split.presignPart('key', 'id', { partNumber: 1, sizeBytes: 1 }, MINUTE_SECONDS);
    const internal = await split.presignGet('key', MINUTE_SECONDS, { audience: 'internal' });
    expect(new URL(browser).origin).toBe('https://media.example.test');
    expect(new URL(part).origin).toBe('https://media.example.test');
    expect(new URL(internal).origin).toBe(new URL(server.endpoint).origin);
  });

  it('returns undefined for a missing object, and deletes objects idempotently', async () => {
    const key = uniqueKey();
    expect(await store.head(key)).toBeUndefined();
    expect(await store.openRead(key)).toBeUndefined();
    await putObject(key, 'here');
    expect(await store.head(key)).toMatchObject({ sizeBytes: 4 });
    await store.delete(key);
    await store.delete(key);
    expect(await store.head(key)).toBeUndefined();
  });

  it('rejects with DEPENDENCY_UNAVAILABLE when no server listens', async () => {
    const unavailable = new S3ObjectStore({ ...server, endpoint: 'http://127.0.0.1:1', bucket: 'any' });
    await expect(unavailable.head('key')).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await expect(unavailable.ensureBucket()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
