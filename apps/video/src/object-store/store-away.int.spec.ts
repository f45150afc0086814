import { randomBytes, randomUUID } from 'node:crypto';
import { backing, TcpProxy } from '@viernes/testing';
import { finishJob, leaseJob, putParts, startUpload, uploadFilm, workAll } from '../testing/films.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const AWAY = { code: 'DEPENDENCY_UNAVAILABLE' };

describe('without its object store the service', () => {
  const editor = newActor();
  let proxy: TcpProxy;
  let running: RunningVideo;
  beforeAll(async () => {
    const { hostname, port } = new URL(backing().s3.endpoint);
    proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    running = await startVideo({ S3_ENDPOINT: endpoint, S3_PUBLIC_ENDPOINT: endpoint, MAX_OPEN_UPLOADS: '2' });
  });
  afterAll(async () => {
    await running?.stop();
    await proxy?.close();
  });

  it('stays ready, serves what needs no bytes, refuses uploads in words, and goes on when it is back', async () => {
    const film = await uploadFilm(running, editor);
    await workAll(running);
    const waiting = await uploadFilm(running, editor);
    const bytes = randomBytes(100);
    const open = await startUpload(running, editor, { bytes });
    await putParts(running, editor, open, bytes);

    await proxy.close();
    // More often than uploads may be open: one that could not be started holds no place.
    for (const _ of [1, 2, 3]) await expect(startUpload(running, editor)).rejects.toMatchObject(AWAY);
    const complete = () => running.as(editor, () => running.video.completeUpload({ uploadId: open.id }));
    await expect(complete()).rejects.toMatchObject(AWAY);
    expect(running.readiness.report()).toMatchObject({ isReady: true });
    const { playback } = await running.as(editor, () =>
      running.video.startPlayback({ titleId: film.titleId, profileId: randomUUID() }),
    );
    const pass = { playbackId: playback?.id ?? '', token: playback?.token ?? '' };
    expect((await running.video.getMasterPlaylist(pass)).playlist).toContain('#EXT-X-STREAM-INF');
    const job = await leaseJob(running);
    expect(job.assetId).toBe(waiting.id);

    await proxy.open();
    await expect(complete()).resolves.toMatchObject({ asset: { titleId: open.titleId } });
    await finishJob(running, job);
  });
});
