import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaPlaylist } from '@viernes/media';
import { eventually } from '@viernes/testing';
import { AUDIO, JobServer, PROBE, type JobReport } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { RunningWorker } from '../testing/running-worker.js';
import { inspect, rotateToPortrait, VideoFolder } from '../testing/videos.js';

const VIDEO = {
  $case: 'video',
  video: {
    name: '240p',
    width: 426,
    height: 240,
    bitrateBps: 400_000,
    frameRateNumerator: 25,
    frameRateDenominator: 1,
    level: 21,
  },
} as const;
const NO_RANGE = { offset: -1, length: -1 };

describe('a worker', () => {
  let videos: VideoFolder;
  let video: Buffer;
  let objects: ObjectServer;
  let server: JobServer;
  let worker: RunningWorker;
  let assetCount = 0;

  const upload = (bytes: Buffer | string) => {
    const assetId = `asset-${++assetCount}`;
    return { assetId, sourceUrl: objects.put(assetId, bytes), sourceSizeBytes: Buffer.byteLength(bytes) };
  };
  const probe = (bytes: Buffer | string): Promise<JobReport> => server.run({ ...upload(bytes), spec: PROBE });
  const encoding = (bytes: Buffer, spec: typeof VIDEO | typeof AUDIO) => {
    const source = upload(bytes);
    const outputUrl = objects.urlOf(`${source.assetId}.mp4`);
    return { ...source, spec, outputUrl, durationMs: 9_000, demuxer: 'mov' };
  };
  /** Reads a completed rendition as an HLS client: the playlist, then its byte ranges. */
  const play = async (report: JobReport, name: string, entries: string) => {
    if (report.as !== 'completed' || report.result?.$case !== 'rendition') throw new Error(JSON.stringify(report));
    const { initSegment, segments } = report.result.rendition;
    const ranges = segments.map(({ durationUs, byteRange }) => ({ durationUs, byteRange: byteRange ?? NO_RANGE }));
    const text = mediaPlaylist({ url: objects.urlOf(name), initSegment: initSegment ?? NO_RANGE, segments: ranges });
    return inspect(objects.put(`${name}.m3u8`, text), entries, '-count_frames');
  };

  beforeAll(async () => {
    videos = await VideoFolder.create();
    video = await videos.add('video.mp4', {
      size: '640x360',
      seconds: 9,
      hasAudio: true,
      extraArguments: ['-metadata', 'title=secret place', '-movflags', '+faststart'],
    });
    objects = await ObjectServer.start();
    server = await JobServer.start();
    worker = await RunningWorker.start(server.target);
  });
  afterAll(async () => {
    await worker.stop();
    server.close();
    await objects.close();
    await videos.remove();
  });

  describe('that probes', () => {
    const toProbe = (report: JobReport) =>
      report.as === 'completed' && report.result?.$case === 'probe' ? report.result.probe : report;

    it('reports the properties of a source', async () => {
      expect(toProbe(await probe(video))).toEqual({
        demuxer: 'mov',
        durationMs: 9_000,
        width: 640,
        height: 360,
        frameRateNumerator: 25,
        frameRateDenominator: 1,
        videoCodec: 'h264',
        hasAudio: true,
      });
    });

    it('reports a Matroska source without audio', async () => {
      const silent = await videos.add('silent.mkv', { size: '320x180', seconds: 1, rate: 60 });
      expect(toProbe(await probe(silent))).toMatchObject({
        demuxer: 'matroska',
        frameRateNumerator: 60,
        hasAudio: false,
      });
    });

    it('reports the display size of a portrait video', async () => {
      expect(toProbe(await probe(rotateToPortrait(video)))).toMatchObject({ width: 360, height: 640 });
    });

    it('measures the duration when the header does not contain it', async () => {
      const live = await videos.add('live.mkv', {
        size: '320x180',
        seconds: 2,
        extraArguments: ['-live', '1'],
      });
      // Measured up to the timestamp of the last packet: such a file does not contain the duration of its last frames.
      expect(toProbe(await probe(live))).toMatchObject({ durationMs: expect.closeTo(2_000, -2) });
    });

    it.each([
      ['random bytes', Buffer.alloc(50_000, 'noise')],
      ['only a header', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp41 and then noise', 'latin1')],
      ['a script that names other files', 'ffconcat version 1.0\nfile /etc/hostname\n'],
      ['a playlist after a header', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom#EXTM3U\n', 'latin1')],
    ])('rejects %s without another attempt', async (_name, bytes) => {
      expect(await probe(bytes)).toEqual({ as: 'failed', code: 'SOURCE_UNREADABLE', isRetryable: false });
    });

    it('rejects a playlist and requests none of its URLs', async () => {
      const trap = objects.put('trap.ts', video);
      const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${trap}\n#EXT-X-ENDLIST\n`;
      expect(await probe(playlist)).toEqual({ as: 'failed', code: 'SOURCE_UNREADABLE', isRetryable: false });
      expect(objects.requests).not.toContain('GET /trap.ts');
    });

    it('rejects a source with too many streams', async () => {
      const extraArguments = Array.from({ length: 17 }, () => ['-map', '0:v']).flat();
      const many = await videos.add('many.mkv', { size: '64x64', seconds: 1, extraArguments });
      expect(await probe(many)).toEqual({ as: 'failed', code: 'SOURCE_LIMIT_EXCEEDED', isRetryable: false });
    });
  });

  describe('that encodes', () => {
    it('creates a video rendition that plays by its byte ranges', async () => {
      const job = encoding(video, VIDEO);
      const report = await server.run(job);
      expect(report).toMatchObject({
        result: { rendition: { segments: [4, 4, 1].map((seconds) => ({ durationUs: seconds * 1_000_000 })) } },
      });
      const entries =
        'stream=codec_name,profile,level,width,height,sample_aspect_ratio,pix_fmt,nb_read_frames,start_time';
      expect(await play(report, `${job.assetId}.mp4`, entries)).toMatchObject({
        streams: [
          {
            codec_name: 'h264',
            profile: 'High',
            level: 21,
            width: 426,
            height: 240,
            sample_aspect_ratio: '1:1',
            pix_fmt: 'yuv420p',
            nb_read_frames: '225',
            start_time: '0.000000',
          },
        ],
      });
    });

    it('creates the audio rendition', async () => {
      const job = encoding(video, AUDIO);
      const report = await server.run(job);
      const entries = 'stream=codec_name,profile,sample_rate,channels,start_time';
      expect(await play(report, `${job.assetId}.mp4`, entries)).toMatchObject({
        streams: [{ codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2, start_time: '0.000000' }],
      });
    });

    it('applies the rotation of a portrait video', async () => {
      const spec = { $case: 'video', video: { ...VIDEO.video, width: 240, height: 426 } } as const;
      const job = { ...encoding(rotateToPortrait(video), VIDEO), spec };
      const report = await server.run(job);
      const stored = await play(report, `${job.assetId}.mp4`, 'stream=width,height:stream_side_data=rotation');
      expect(stored['streams']).toEqual([{ width: 240, height: 426 }]);
    });

    it('removes the metadata of the source and declares the length of the upload', async () => {
      const job = encoding(video, VIDEO);
      await server.run(job);
      const bytes = objects.get(`${job.assetId}.mp4`);
      expect(video.includes('secret place')).toBe(true);
      expect(bytes.includes('secret place')).toBe(false);
      expect(objects.declaredBytes.at(-1)).toBe(String(bytes.length));
    });

    it('downloads the source once for all jobs of an asset', async () => {
      const job = encoding(video, AUDIO);
      await server.run(job);
      await server.run({ ...job, outputUrl: objects.urlOf('again.mp4') });
      expect(objects.count(`GET /${job.assetId}`)).toBe(1);
      expect(objects.get('again.mp4')).toEqual(objects.get(`${job.assetId}.mp4`));
    });

    it('fails the attempt when the source is missing or does not have the declared size', async () => {
      const failed = { as: 'failed', code: 'TRANSCODE_FAILED', isRetryable: true };
      const job = encoding(video, AUDIO);
      expect(await server.run({ ...job, sourceUrl: objects.urlOf('missing') })).toEqual(failed);
      expect(await server.run({ ...job, sourceSizeBytes: 1_000, assetId: 'longer' })).toEqual(failed);
    });

    it('fails the attempt when the source lacks the stream or the demuxer is not allowed', async () => {
      const failed = { as: 'failed', code: 'TRANSCODE_FAILED', isRetryable: true };
      const silent = await videos.add('silent.mp4', { size: '320x180', seconds: 1 });
      expect(await server.run(encoding(silent, AUDIO))).toEqual(failed);
      expect(await server.run({ ...encoding(video, VIDEO), demuxer: 'concat' })).toEqual(failed);
    });

    it('deletes the files of finished jobs', async () => {
      const { SCRATCH_DIR } = worker.config;
      await eventually(async () => (await readdir(join(SCRATCH_DIR, 'jobs'))).length === 0);
      await eventually(async () => (await readdir(join(SCRATCH_DIR, 'sources'))).length <= 2);
    });
  });

  describe('whose video service is unavailable', () => {
    it('reports the outage in its readiness and recovers', async () => {
      expect(worker.readiness.report()).toEqual({ isReady: true, checks: { ffmpeg: true, video: true } });
      server.close();
      const report = await eventually(() => !worker.readiness.report().isReady && worker.readiness.report());
      expect(report.checks['video']).toMatch(/^unavailable: /);
      await server.listen();
      await eventually(() => worker.readiness.report().isReady);
    });

    it('leases jobs after the outage', async () => {
      expect(await probe(video)).toMatchObject({ as: 'completed' });
    });

    it('reports a finished job after an outage during the encode', async () => {
      const record = server.add(encoding(video, VIDEO));
      await eventually(() => objects.requests.includes(`GET /${record.job.assetId}`));
      server.close();
      await eventually(() => objects.requests.includes(`PUT /${record.job.assetId}.mp4`));
      await server.listen();
      await eventually(() => record.reports.length > 0);
      expect(record.reports).toMatchObject([{ as: 'completed' }]);
    });
  });
});
