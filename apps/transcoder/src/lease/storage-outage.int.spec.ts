import { setTimeout as delay } from 'node:timers/promises';
import { eventually, TcpProxy } from '@viernes/testing';
import { AUDIO, JobServer, PROBE, type JobRecord } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { RunningWorker } from '../testing/running-worker.js';
import { VideoFolder } from '../testing/videos.js';

const OUTAGE_MS = 90_000;

describe('a worker without object storage', () => {
  let videos: VideoFolder;
  let video: Buffer;
  let objects: ObjectServer;
  let proxy: TcpProxy;
  let server: JobServer;
  let worker: RunningWorker;

  /** Adds a job whose URLs lead through the proxy. */
  const add = (assetId: string, spec: typeof PROBE | typeof AUDIO, outputName = ''): JobRecord => {
    objects.put(assetId, video);
    const url = (name: string) => `http://127.0.0.1:${proxy.port}/${name}`;
    return server.add({
      assetId,
      sourceUrl: url(assetId),
      sourceSizeBytes: video.length,
      spec,
      durationMs: spec === AUDIO ? 2_000 : 0,
      outputUrl: outputName && url(outputName),
      demuxer: 'mov',
    });
  };
  const whenFinished = (record: JobRecord) => eventually(() => record.reports.at(-1) ?? false);

  beforeAll(async () => {
    videos = await VideoFolder.create();
    video = await videos.add('video.mp4', { size: '64x64', seconds: 2, hasAudio: true });
    objects = await ObjectServer.start();
    proxy = await TcpProxy.reserve('127.0.0.1', objects.port);
    await proxy.open();
    server = await JobServer.start();
    worker = await RunningWorker.start(server.target, { JOB_CONCURRENCY: '3' });
  });
  afterAll(async () => {
    await worker.stop();
    server.close();
    await proxy.close();
    await objects.close();
    await videos.remove();
  });

  it(
    'waits 90 s while connections are rejected and completes probing, reading, and writing in the first attempt',
    async () => {
      const first = add('cached', AUDIO, 'first.mp4');
      expect(await whenFinished(first)).toMatchObject({ as: 'completed' });
      await proxy.close();
      const probing = add('probed', PROBE);
      const reading = add('read', AUDIO, 'read.mp4');
      // Its source is cached, so the outage affects only the upload of the finished encode.
      const writing = add('cached', AUDIO, 'written.mp4');
      await delay(OUTAGE_MS);
      expect([probing, reading, writing].flatMap(({ reports }) => reports)).toEqual([]);
      expect(writing.progress.at(-1)).toBeGreaterThan(0.9);

      await proxy.open();
      for (const record of [probing, reading, writing]) {
        expect(await whenFinished(record)).toMatchObject({ as: 'completed' });
        expect(record.job.attempt).toBe(1);
        expect(record.reports).toHaveLength(1);
      }
      expect(objects.get('written.mp4')).toEqual(objects.get('first.mp4'));
      expect(objects.count('GET /cached')).toBe(1);
    },
    OUTAGE_MS + 60_000,
  );

  it('requests new URLs when object storage rejects the expired ones', async () => {
    const record = add('expired-source', AUDIO, 'expired-output');
    objects.expired.add('expired-source').add('expired-output');
    const sourceUrl = objects.put('renewed-source', video);
    record.renewedUrls = { sourceUrl, outputUrl: objects.urlOf('renewed-output') };
    expect(await whenFinished(record)).toMatchObject({ as: 'completed' });
    expect(record.job.attempt).toBe(1);
    expect(objects.count('GET /expired-source')).toBe(1);
    expect(objects.count('PUT /expired-output')).toBe(1);
    expect(objects.get('renewed-output').length).toBeGreaterThan(0);
  });

  it.each([
    ['503', 503, ''],
    ['429', 429, ''],
    ['400 RequestTimeout', 400, '<Error><Code>RequestTimeout</Code></Error>'],
  ])('repeats a request that object storage rejects with %s', async (_status, status, body) => {
    objects.failureBody = body;
    objects.failures.push(status, status);
    const record = add(`asset-${status}`, AUDIO, `output-${status}`);
    expect(await whenFinished(record)).toMatchObject({ as: 'completed' });
    expect(record.job.attempt).toBe(1);
  });
});
