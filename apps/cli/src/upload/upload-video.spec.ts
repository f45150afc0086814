import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EdgeClient } from '../edge/edge-client.js';
import { uploadVideo } from './upload-video.js';
import { findAsset } from './uploads.js';

const VIDEO = Buffer.from('a file in three parts');
const PART_BYTES = 8;

interface FakeUpload {
  readonly id: string;
  readonly state: 'open' | 'completed' | 'aborted';
  readonly sha256: string;
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly uploadedParts: readonly { readonly partNumber: number }[];
  readonly assetId: string | null;
}

/** The upload endpoints of an edge for one title. Rejects parts after the first `failAfter`. */
class FakeUploads {
  readonly parts = new Map<number, string>();
  readonly all: FakeUpload[] = [];
  failAfter = Infinity;
  onOpen = (): void => undefined;

  respond(method: string, path: string, body: string): readonly [number, unknown?] {
    if (path === '/v1/sessions') return [201, { accessToken: 'token' }];
    if (method === 'GET' && path === '/v1/uploads')
      return [200, { uploads: this.all.map((upload) => this.withParts(upload)) }];
    if (path.startsWith('/v1/assets/')) return [200, { state: 'processing' }];
    if (path === '/v1/uploads') return [201, this.open(JSON.parse(body) as { sha256: string })];
    const part = Number(/\/parts\/(\d)$/.exec(path)?.[1]);
    if (method === 'DELETE') return [204, this.close(path, 'aborted', null)];
    if (path.endsWith('/parts'))
      return [200, { parts: this.presign(path, JSON.parse(body) as { partNumbers: number[] }) }];
    if (path.endsWith('/complete')) return [200, { id: this.close(path, 'completed', 'asset') }];
    if (this.parts.size >= this.failAfter) return [409, { code: 'UPLOAD_CLOSED' }];
    this.parts.set(part, body);
    return [204];
  }

  private withParts(upload: FakeUpload): FakeUpload {
    return { ...upload, uploadedParts: [...this.parts.keys()].map((partNumber) => ({ partNumber })) };
  }

  private open({ sha256 }: { sha256: string }): FakeUpload {
    this.onOpen();
    const id = `upload-${this.all.length + 1}`;
    const sizes = { partSizeBytes: PART_BYTES, partCount: Math.ceil(VIDEO.length / PART_BYTES) };
    this.all.unshift({ id, state: 'open', sha256, ...sizes, uploadedParts: [], assetId: null });
    return this.withParts({ ...(this.all[0] as FakeUpload), uploadedParts: [] });
  }

  private close(path: string, state: FakeUpload['state'], assetId: string | null): string | null {
    const index = this.all.findIndex(({ id }) => path.includes(id));
    this.all[index] = { ...(this.all[index] as FakeUpload), state, assetId };
    return assetId;
  }

  private presign(path: string, { partNumbers }: { partNumbers: number[] }): unknown[] {
    return partNumbers.map((partNumber) => {
      const sizeBytes = Math.min(PART_BYTES, VIDEO.length - (partNumber - 1) * PART_BYTES);
      return { partNumber, sizeBytes, url: `${path}/${partNumber}?token=t` };
    });
  }
}

describe('uploadVideo', () => {
  let uploads: FakeUploads;
  let server: Server;
  let edge: EdgeClient;
  let folder: string;
  const path = () => join(folder, 'video.mp4');

  beforeEach(async () => {
    uploads = new FakeUploads();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [url = ''] = (request.url ?? '').split('?');
        const [status, body] = uploads.respond(request.method ?? '', url, Buffer.concat(chunks).toString());
        response.writeHead(status).end(body === undefined || status === 204 ? '' : JSON.stringify(body));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    edge = new EdgeClient({ edgeUrl, credentials: { email: 'editor@example.org', password: 'secret' } });
    folder = await mkdtemp(join(tmpdir(), 'viernes-cli-'));
    await writeFile(path(), VIDEO);
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  const uploadedBytes = () => [...uploads.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);

  it('continues the upload of an earlier run, and finds its asset', async () => {
    const aborting = new AbortController();
    const onPart = (): void => aborting.abort();
    uploads.failAfter = 1;
    await expect(uploadVideo(edge, 'title', path(), { onPart, signal: aborting.signal })).rejects.toThrow();
    expect(uploads.parts.size).toBe(1);
    expect(await findAsset(edge, 'title')).toBeUndefined();

    uploads.failAfter = Infinity;
    const progress: string[] = [];
    const options = { onPart: (uploaded: number, total: number) => void progress.push(`${uploaded} of ${total}`) };
    expect(await uploadVideo(edge, 'title', path(), options)).toBe('asset');
    expect(progress).toEqual(['2 of 3', '3 of 3']);
    expect(uploadedBytes().join('')).toBe(VIDEO.toString());
    expect(uploads.all).toHaveLength(1);
    expect(await findAsset(edge, 'title')).toBe('asset');
  });

  it('reads each part when it is sent, because a file can be larger than the memory', async () => {
    const changed = VIDEO.toString().toUpperCase();
    uploads.onOpen = () => writeFileSync(path(), changed);
    await uploadVideo(edge, 'title', path());
    expect(uploadedBytes().join('')).toBe(changed);
  });

  it('aborts an open upload of other bytes', async () => {
    uploads.respond('POST', '/v1/uploads', JSON.stringify({ sha256: 'of another file' }));
    expect(await uploadVideo(edge, 'title', path())).toBe('asset');
    expect(uploads.all.map(({ state }) => state)).toEqual(['completed', 'aborted']);
  });
});
