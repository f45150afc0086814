import { randomBytes, randomUUID } from 'node:crypto';
import { videoV1 } from '@viernes/contracts';
import { newCaller, runWithKey } from '@viernes/platform/testing';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { startVideo, type TestVideo } from './testing/test-video.js';
import { completeAllJobs, putParts, sha256, uploadAsset } from './testing/workflow.js';

describe('requests about videos with an idempotency key', () => {
  const editor = newCaller('editor');
  let proxy: TcpProxy;
  let service: TestVideo;

  beforeAll(async () => {
    const { hostname, port } = new URL(backing().s3.endpoint);
    proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    service = await startVideo({ S3_ENDPOINT: endpoint, S3_PUBLIC_ENDPOINT: endpoint, MAX_OPEN_UPLOADS: '2' });
  });
  afterAll(async () => {
    await service?.stop();
    await proxy?.close();
  });

  const bytes = randomBytes(1000);
  const toUploadRequest = (titleId: string) => ({
    titleId,
    fileName: 'film.mp4',
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
  });
  const startUpload = (key: string, titleId: string, caller = editor) =>
    runWithKey(key, () => service.video.startUpload(toUploadRequest(titleId)), caller);
  const listUploads = async (titleId: string, caller = editor) =>
    (await service.as(caller, () => service.video.listUploads({ titleId }))).uploads;

  it('starts one upload for repeated requests, which accepts its parts', async () => {
    const [key, titleId] = [randomUUID(), randomUUID()];
    const first = await startUpload(key, titleId);
    expect(first.isReplayed).toBe(false);
    expect(await startUpload(key, titleId)).toEqual({ ...first, isReplayed: true });
    expect((await listUploads(titleId)).map(({ id }) => id)).toEqual([first.response.upload?.id]);
    if (first.response.upload) await putParts(service, editor, first.response.upload, bytes);
  });

  it('starts one upload for a hundred concurrent requests', async () => {
    const caller = newCaller('editor');
    const [key, titleId] = [randomUUID(), randomUUID()];
    await Promise.allSettled(Array.from({ length: 100 }, () => startUpload(key, titleId, caller)));
    const { response, isReplayed } = await startUpload(key, titleId, caller);
    expect(isReplayed).toBe(true);
    expect((await listUploads(titleId, caller)).map(({ id }) => id)).toEqual([response.upload?.id]);
  });

  it('starts one open upload if a request is repeated after object storage was unavailable', async () => {
    const caller = newCaller('editor');
    const [key, titleId] = [randomUUID(), randomUUID()];
    await proxy.close();
    await expect(startUpload(key, titleId, caller)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await proxy.open();
    expect(await startUpload(key, titleId, caller)).toMatchObject({ isReplayed: false });
    const states = (await listUploads(titleId, caller)).map(({ state }) => state);
    expect(states).toEqual([videoV1.UploadState.UPLOAD_STATE_OPEN, videoV1.UploadState.UPLOAD_STATE_ABORTED]);
  });

  it('commits the upload before object storage opens it, so that the cleanup finds its bytes after a crash', async () => {
    const caller = newCaller('editor');
    const [key, titleId] = [randomUUID(), randomUUID()];
    proxy.dropData('all');
    const first = startUpload(key, titleId, caller).catch((error: unknown) => error);
    await eventually(async () => (await listUploads(titleId, caller)).length === 1);
    await expect(startUpload(key, titleId, caller)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
    await proxy.close();
    expect(await first).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await proxy.open();
    expect(await startUpload(key, titleId, caller)).toMatchObject({ isReplayed: false });
  });

  it('uses one stream slot for repeated requests', async () => {
    const { titleId } = await uploadAsset(service, editor);
    await completeAllJobs(service);
    const viewer = { ...newCaller(), profileId: randomUUID() };
    const start = () => service.video.startPlayback({ titleId, profileId: viewer.profileId });
    const key = randomUUID();
    const first = await runWithKey(key, start, viewer);
    for (let count = 0; count < 10; count += 1) {
      expect(await runWithKey(key, start, viewer)).toEqual({ ...first, isReplayed: true });
    }
    const { id: playbackId = '', token = '' } = first.response.playback ?? {};
    expect((await service.video.getMasterPlaylist({ playbackId, token })).playlist).toContain('#EXTM3U');
  });
});
