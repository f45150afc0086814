import { randomBytes, randomUUID } from 'node:crypto';
import { newCaller } from '@viernes/platform/testing';
import { backing, TcpProxy } from '@viernes/testing';
import { completeJob, leaseJob, putParts, startUpload, uploadAsset, completeAllJobs } from '../testing/workflow.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';

const UNAVAILABLE = { code: 'DEPENDENCY_UNAVAILABLE' };

describe('the video service without object storage', () => {
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

  it('stays ready, serves playlists and leases, rejects uploads with DEPENDENCY_UNAVAILABLE, and recovers', async () => {
    const asset = await uploadAsset(service, editor);
    await completeAllJobs(service);
    const queued = await uploadAsset(service, editor);
    const bytes = randomBytes(100);
    const open = await startUpload(service, editor, { bytes });
    await putParts(service, editor, open, bytes);

    await proxy.close();
    // More often than MAX_OPEN_UPLOADS: a failed start does not count as an open upload.
    for (const _ of [1, 2, 3]) await expect(startUpload(service, editor)).rejects.toMatchObject(UNAVAILABLE);
    const complete = () => service.as(editor, () => service.video.completeUpload({ uploadId: open.id }));
    await expect(complete()).rejects.toMatchObject(UNAVAILABLE);
    expect(service.readiness.report()).toMatchObject({ isReady: true });
    const profileId = randomUUID();
    const { playback } = await service.as({ ...editor, profileId }, () =>
      service.video.startPlayback({ titleId: asset.titleId, profileId }),
    );
    const credentials = { playbackId: playback?.id ?? '', token: playback?.token ?? '' };
    expect((await service.video.getMasterPlaylist(credentials)).playlist).toContain('#EXT-X-STREAM-INF');
    const job = await leaseJob(service);
    expect(job.assetId).toBe(queued.id);

    await proxy.open();
    await expect(complete()).resolves.toMatchObject({ asset: { titleId: open.titleId } });
    await completeJob(service, job);
  });
});
