import { randomUUID } from 'node:crypto';
import { catalogV1, CodedError, videoV1 } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { startUpload } from './upload.operations.js';

describe('/v1/uploads', () => {
  const upload: videoV1.Upload = {
    id: randomUUID(),
    titleId: randomUUID(),
    fileName: 'nosferatu.mp4',
    sizeBytes: 5_000_000_000,
    sha256: 'ab'.repeat(32),
    state: videoV1.UploadState.UPLOAD_STATE_OPEN,
    partSizeBytes: 16_777_216,
    partCount: 299,
    uploadedParts: [{ partNumber: 1, sizeBytes: 16_777_216 }],
    expiresAt: new Date().toISOString(),
  };
  const { titleId, fileName, sizeBytes } = upload;
  const json = { titleId, fileName, sizeBytes, sha256: 'AB'.repeat(32) };
  let edge: TestEdge;
  let started: videoV1.StartUploadRequest[];

  beforeAll(async () => {
    edge = await startEdge();
  });
  beforeEach(() => {
    started = [];
    edge.catalog.handlers = {
      batchGetEpisodes: () => ({ episodes: [] }),
      getTitle: () => ({ title: titleMessage({ id: titleId }) }),
    };
    edge.video.handlers = {
      startUpload: (request) => {
        started.push(request);
        return { upload };
      },
      presignUploadParts: ({ partNumbers }) => ({
        parts: partNumbers.map((partNumber) => ({
          partNumber,
          url: 'http://store.test/a?b=c',
          sizeBytes: 5,
          token: '',
        })),
        expiresAt: upload.expiresAt,
      }),
      abortUpload: () => ({}),
    };
  });
  afterAll(() => edge.stop());

  const start = async (role: 'viewer' | 'editor', body: unknown = json): Promise<Response> =>
    edge.fetch('/v1/uploads', { method: 'POST', token: await edge.issuer.sign({ role }), json: body });

  it('starts an upload for an existing title, also for sizes above 32 bits', async () => {
    const response = await start('editor');
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/v1/uploads/${upload.id}`);
    const body = startUpload.success.schema.parse(await response.json());
    expect(body).toMatchObject({ state: 'open', sizeBytes: 5_000_000_000, assetId: null, partCount: 299 });
    expect(started).toMatchObject([{ sha256: 'ab'.repeat(32) }]);
  });

  it('starts an upload for an episode, and none for its series', async () => {
    edge.catalog.handlers.getTitle = () => ({
      title: titleMessage({ id: titleId, kind: catalogV1.TitleKind.TITLE_KIND_SERIES }),
    });
    expect(await (await start('editor')).json()).toMatchObject({ code: 'TITLE_HAS_EPISODES' });
    expect(started).toEqual([]);
    edge.catalog.handlers.batchGetEpisodes = ({ episodeIds: [id = ''] }) => ({
      episodes: [
        { id, titleId: randomUUID(), seasonNumber: 1, number: 1, name: 'One', synopsis: '', isPlayable: false },
      ],
    });
    expect((await start('editor')).status).toBe(201);
  });

  it('starts no upload for an unknown title or for a viewer', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    expect(await (await start('editor')).json()).toMatchObject({ code: 'TITLE_NOT_FOUND' });
    expect(await (await start('viewer')).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect(started).toEqual([]);
  });

  it('returns 400 for an invalid size, checksum or file name', async () => {
    for (const changes of [
      { sizeBytes: 0 },
      { sizeBytes: 1.5 },
      { sizeBytes: '5' },
      { sha256: 'xyz' },
      { fileName: ' ' },
    ]) {
      expect((await start('editor', { ...json, ...changes })).status).toBe(400);
    }
  });

  it('presigns 1 to 100 parts per request', async () => {
    const presign = (partNumbers: number[]) =>
      edge.fetch(`/v1/uploads/${upload.id}/parts`, { method: 'POST', json: { partNumbers } });
    const { parts } = (await (await presign([1, 2])).json()) as { parts: unknown[] };
    expect(parts).toHaveLength(2);
    expect((await presign([])).status).toBe(400);
    expect((await presign(Array.from({ length: 101 }, (_, index) => index + 1))).status).toBe(400);
  });

  it('aborts an upload', async () => {
    expect((await edge.fetch(`/v1/uploads/${upload.id}`, { method: 'DELETE' })).status).toBe(204);
  });
});
