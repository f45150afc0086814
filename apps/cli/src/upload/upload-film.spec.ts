import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EdgeClient } from '../edge/edge-client.js';
import { uploadFilm } from './upload-film.js';
import { findAsset, type Upload } from './uploads.js';

const FILM = Buffer.from('a film in three parts');
const PART_BYTES = 8;

/** The uploads of an edge, as far as one title goes, which takes `failAfter` parts and then has trouble. */
class Uploads {
  readonly parts = new Map<number, string>();
  readonly all: Upload[] = [];
  failAfter = Infinity;

  answer(method: string, path: string, body: string): readonly [number, unknown?] {
    if (path === '/v1/sessions') return [201, { accessToken: 'token' }];
    if (method === 'GET' && path === '/v1/uploads')
      return [200, { uploads: this.all.map((upload) => this.now(upload)) }];
    if (path.startsWith('/v1/assets/')) return [200, { state: 'processing' }];
    if (path === '/v1/uploads') return [201, this.open(JSON.parse(body) as { sha256: string })];
    const part = Number(/\/parts\/(\d)$/.exec(path)?.[1]);
    if (method === 'DELETE') return [204, this.end(path, 'aborted', null)];
    if (path.endsWith('/parts'))
      return [200, { parts: this.addresses(path, JSON.parse(body) as { partNumbers: number[] }) }];
    if (path.endsWith('/complete')) return [200, { id: this.end(path, 'completed', 'asset') }];
    if (this.parts.size >= this.failAfter) return [409, { code: 'UPLOAD_CLOSED' }];
    this.parts.set(part, body);
    return [204];
  }

  private now(upload: Upload): Upload {
    return { ...upload, uploadedParts: [...this.parts.keys()].map((partNumber) => ({ partNumber })) };
  }

  private open({ sha256 }: { sha256: string }): Upload {
    const id = `upload-${this.all.length + 1}`;
    const sizes = { partSizeBytes: PART_BYTES, partCount: Math.ceil(FILM.length / PART_BYTES) };
    this.all.unshift({ id, state: 'open', sha256, ...sizes, uploadedParts: [], assetId: null });
    return this.now({ ...(this.all[0] as Upload), uploadedParts: [] });
  }

  private end(path: string, state: Upload['state'], assetId: string | null): string | null {
    const index = this.all.findIndex(({ id }) => path.includes(id));
    this.all[index] = { ...(this.all[index] as Upload), state, assetId };
    return assetId;
  }

  private addresses(path: string, { partNumbers }: { partNumbers: number[] }): unknown[] {
    return partNumbers.map((partNumber) => {
      const sizeBytes = Math.min(PART_BYTES, FILM.length - (partNumber - 1) * PART_BYTES);
      return { partNumber, sizeBytes, url: `${path}/${partNumber}?token=t` };
    });
  }
}

describe('sending a film', () => {
  let uploads: Uploads;
  let server: Server;
  let edge: EdgeClient;
  let folder: string;
  const path = () => join(folder, 'film.mp4');

  beforeEach(async () => {
    uploads = new Uploads();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [url = ''] = (request.url ?? '').split('?');
        const [status, body] = uploads.answer(request.method ?? '', url, Buffer.concat(chunks).toString());
        response.writeHead(status).end(body === undefined || status === 204 ? '' : JSON.stringify(body));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    edge = new EdgeClient({ edgeUrl, email: 'editor@example.org', password: 'secret' });
    folder = await mkdtemp(join(tmpdir(), 'viernes-cli-'));
    await writeFile(path(), FILM);
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  const sent = () => [...uploads.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);

  it('goes on with what an earlier run began, and knows a film that was sent', async () => {
    const stopping = new AbortController();
    const onPart = (): void => stopping.abort();
    uploads.failAfter = 1;
    await expect(uploadFilm(edge, 'title', path(), { onPart, signal: stopping.signal })).rejects.toThrow();
    expect(uploads.parts.size).toBe(1);
    expect(await findAsset(edge, 'title')).toBeUndefined();

    uploads.failAfter = Infinity;
    const arrivals: string[] = [];
    const options = { onPart: (arrived: number, total: number) => void arrivals.push(`${arrived} of ${total}`) };
    expect(await uploadFilm(edge, 'title', path(), options)).toBe('asset');
    expect(arrivals).toEqual(['2 of 3', '3 of 3']);
    expect(sent().join('')).toBe(FILM.toString());
    expect(uploads.all).toHaveLength(1);
    expect(await findAsset(edge, 'title')).toBe('asset');
  });

  it('gives up what was begun with other bytes', async () => {
    uploads.answer('POST', '/v1/uploads', JSON.stringify({ sha256: 'of another film' }));
    expect(await uploadFilm(edge, 'title', path())).toBe('asset');
    expect(uploads.all.map(({ state }) => state)).toEqual(['completed', 'aborted']);
  });
});
