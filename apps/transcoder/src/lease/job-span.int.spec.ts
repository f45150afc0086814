import { startTracing, stopTracing } from '@viernes/platform';
import { eventually } from '@viernes/testing';
import { JobServer, PROBE } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { RunningWorker } from '../testing/running-worker.js';
import { VideoFolder } from '../testing/videos.js';

const TRACE = 'a'.repeat(32);
const PARENT = 'b'.repeat(16);

describe('the spans of a job', () => {
  let videos: VideoFolder;
  let video: Buffer;
  let objects: ObjectServer;
  let server: JobServer;
  let worker: RunningWorker;

  beforeAll(async () => {
    videos = await VideoFolder.create();
    video = await videos.add('video.mp4', { size: '64x64', seconds: 1 });
    objects = await ObjectServer.start();
    server = await JobServer.start();
    startTracing({ service: 'transcoder' });
    worker = await RunningWorker.start(server.target);
  });
  afterAll(async () => {
    await worker.stop();
    await stopTracing();
    server.close();
    await objects.close();
    await videos.remove();
  });

  const probe = (assetId: string, traceparent: string) => {
    objects.put(assetId, video);
    const sourceUrl = `http://127.0.0.1:${objects.port}/${assetId}`;
    return server.run({ assetId, sourceUrl, sourceSizeBytes: video.length, spec: PROBE, traceparent });
  };
  const received = () =>
    server.traces.map(({ traceId, otlpJson }) => ({ traceId, text: Buffer.from(otlpJson).toString('utf8') }));

  it('reports the spans of a job to the video service, in the trace of the upload', async () => {
    expect(await probe('untraced', '')).toMatchObject({ as: 'completed' });
    expect(await probe('traced', `00-${TRACE}-${PARENT}-01`)).toMatchObject({ as: 'completed' });
    const text = await eventually(() => {
      const all = received()
        .map((trace) => trace.text)
        .join();
      return all.includes('"transcode probe"') && all;
    });
    expect(new Set(received().map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    for (const name of ['ffprobe', 'GET', 'viernes.video.v1.TranscodeService/CompleteJob']) {
      expect(text).toContain(`"name":"${name}"`);
    }
    expect(text).toContain(`"parentSpanId":"${PARENT}"`);
    // Spans contain neither presigned URLs nor heartbeats.
    expect(text).not.toContain('/traced');
    expect(text).not.toContain('HeartbeatJob');
  });
});
