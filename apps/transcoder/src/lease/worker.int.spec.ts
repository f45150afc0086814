import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mediaPlaylist } from '@viernes/media';
import { eventually } from '@viernes/testing';
import { inspect, makeFilm, turnedUpright } from '../testing/films.js';
import { JobServer, type JobEnd } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { RunningWorker } from '../testing/running-worker.js';

const PROBE = { $case: 'probe', probe: {} } as const;
const AUDIO = { $case: 'audio', audio: { bitrateBps: 128_000, channels: 2 } } as const;
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

describe('a worker', () => {
  let folder: string;
  let film: Buffer;
  let store: ObjectServer;
  let video: JobServer;
  let worker: RunningWorker;
  let assets = 0;

  const uploaded = (bytes: Buffer | string) => {
    const assetId = `asset-${++assets}`;
    return { assetId, sourceUrl: store.put(assetId, bytes), sourceSizeBytes: Buffer.byteLength(bytes) };
  };
  const probe = (bytes: Buffer | string): Promise<JobEnd> => video.run({ ...uploaded(bytes), spec: PROBE });
  const encoding = (bytes: Buffer, spec: typeof VIDEO | typeof AUDIO) => {
    const source = uploaded(bytes);
    const outputUrl = store.urlOf(`${source.assetId}.mp4`);
    return { ...source, spec, outputUrl, durationMs: 9_000, demuxer: 'mov' };
  };
  /** What an HLS client makes of a completed rendition: it reads the playlist and asks for the ranges. */
  const played = async (end: JobEnd, name: string, entries: string) => {
    if (end.as !== 'completed' || end.result?.$case !== 'rendition') throw new Error(JSON.stringify(end));
    const { initSegment, segments } = end.result.rendition;
    const ranges = segments.map(({ durationUs, byteRange }) => ({ durationUs, byteRange: byteRange ?? NO_RANGE }));
    const text = mediaPlaylist({ url: store.urlOf(name), initSegment: initSegment ?? NO_RANGE, segments: ranges });
    return inspect(store.put(`${name}.m3u8`, text), entries, '-count_frames');
  };
  const NO_RANGE = { offset: -1, length: -1 };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-films-'));
    film = await makeFilm(folder, 'film.mp4', {
      size: '640x360',
      seconds: 9,
      hasSound: true,
      more: ['-metadata', 'title=secret place', '-movflags', '+faststart'],
    });
    store = await ObjectServer.start();
    video = await JobServer.start();
    worker = await RunningWorker.start(video.address);
  });
  afterAll(async () => {
    await worker.stop();
    video.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  describe('probing', () => {
    const probed = (end: JobEnd) => (end.as === 'completed' && end.result?.$case === 'probe' ? end.result.probe : end);

    it('says what a film is', async () => {
      expect(probed(await probe(film))).toEqual({
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

    it('sees that there is no sound, and another format', async () => {
      const silent = await makeFilm(folder, 'silent.mkv', { size: '320x180', seconds: 1, rate: 60 });
      expect(probed(await probe(silent))).toMatchObject({
        demuxer: 'matroska',
        frameRateNumerator: 60,
        hasAudio: false,
      });
    });

    it('sees a portrait film as it is shown', async () => {
      expect(probed(await probe(turnedUpright(film)))).toMatchObject({ width: 360, height: 640 });
    });

    it('measures a film whose header does not say how long it is', async () => {
      const live = await makeFilm(folder, 'live.mkv', { size: '320x180', seconds: 2, more: ['-live', '1'] });
      // To the last packet's time stamp: the length of the last frames is nowhere in such a file.
      expect(probed(await probe(live))).toMatchObject({ durationMs: expect.closeTo(2_000, -2) });
    });

    it.each([
      ['noise', Buffer.alloc(50_000, 'noise')],
      ['nothing but a header', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp41 and then noise', 'latin1')],
      ['a script that names other files', 'ffconcat version 1.0\nfile /etc/hostname\n'],
      ['a playlist behind a header', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom#EXTM3U\n', 'latin1')],
    ])('refuses %s for good', async (_what, bytes) => {
      expect(await probe(bytes)).toEqual({ as: 'failed', code: 'SOURCE_UNREADABLE', isRetryable: false });
    });

    it('refuses a playlist in a film name, and opens none of its addresses', async () => {
      const trap = store.put('trap.ts', film);
      const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${trap}\n#EXT-X-ENDLIST\n`;
      expect(await probe(playlist)).toEqual({ as: 'failed', code: 'SOURCE_UNREADABLE', isRetryable: false });
      expect(store.requests).not.toContain('GET /trap.ts');
    });

    it('refuses a film of too many streams', async () => {
      const more = Array.from({ length: 17 }, () => ['-map', '0:v']).flat();
      const many = await makeFilm(folder, 'many.mkv', { size: '64x64', seconds: 1, more });
      expect(await probe(many)).toEqual({ as: 'failed', code: 'SOURCE_LIMIT_EXCEEDED', isRetryable: false });
    });
  });

  describe('encoding', () => {
    it('makes a video rendition that plays by its byte ranges', async () => {
      const job = encoding(film, VIDEO);
      const end = await video.run(job);
      expect(end).toMatchObject({
        result: { rendition: { segments: [4, 4, 1].map((seconds) => ({ durationUs: seconds * 1_000_000 })) } },
      });
      const entries =
        'stream=codec_name,profile,level,width,height,sample_aspect_ratio,pix_fmt,nb_read_frames,start_time';
      expect(await played(end, `${job.assetId}.mp4`, entries)).toMatchObject({
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

    it('makes the audio rendition', async () => {
      const job = encoding(film, AUDIO);
      const end = await video.run(job);
      const entries = 'stream=codec_name,profile,sample_rate,channels,start_time';
      expect(await played(end, `${job.assetId}.mp4`, entries)).toMatchObject({
        streams: [{ codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2, start_time: '0.000000' }],
      });
    });

    it('turns a portrait film upright', async () => {
      const spec = { $case: 'video', video: { ...VIDEO.video, width: 240, height: 426 } } as const;
      const job = { ...encoding(turnedUpright(film), VIDEO), spec };
      const end = await video.run(job);
      const shown = await played(end, `${job.assetId}.mp4`, 'stream=width,height:stream_side_data=rotation');
      expect(shown['streams']).toEqual([{ width: 240, height: 426 }]);
    });

    it('copies nothing that the source says about its maker, and declares the length of what it puts', async () => {
      const job = encoding(film, VIDEO);
      await video.run(job);
      const bytes = store.get(`${job.assetId}.mp4`);
      expect(film.includes('secret place')).toBe(true);
      expect(bytes.includes('secret place')).toBe(false);
      expect(store.declaredBytes.at(-1)).toBe(String(bytes.length));
    });

    it('fetches the source once for all jobs of an asset', async () => {
      const job = encoding(film, AUDIO);
      await video.run(job);
      await video.run({ ...job, outputUrl: store.urlOf('again.mp4') });
      expect(store.requests.filter((request) => request === `GET /${job.assetId}`)).toHaveLength(1);
      expect(store.get('again.mp4')).toEqual(store.get(`${job.assetId}.mp4`));
    });

    it('is patient with a store that is away', async () => {
      const job = encoding(film, AUDIO);
      store.refusals.push(503, 503);
      expect(await video.run(job)).toMatchObject({ as: 'completed' });
    });

    it('asks for another try where an address is no longer good, or the source is not as declared', async () => {
      const failed = { as: 'failed', code: 'TRANSCODE_FAILED', isRetryable: true };
      const job = encoding(film, AUDIO);
      expect(await video.run({ ...job, sourceUrl: store.urlOf('gone') })).toEqual(failed);
      expect(await video.run({ ...job, sourceSizeBytes: 1_000, assetId: 'longer' })).toEqual(failed);
    });

    it('fails a job whose stream is not there, and one with a demuxer that is not allowed', async () => {
      const failed = { as: 'failed', code: 'TRANSCODE_FAILED', isRetryable: true };
      const silent = await makeFilm(folder, 'silent.mp4', { size: '320x180', seconds: 1 });
      expect(await video.run(encoding(silent, AUDIO))).toEqual(failed);
      expect(await video.run({ ...encoding(film, VIDEO), demuxer: 'concat' })).toEqual(failed);
    });

    it('leaves nothing of a job on its disk', async () => {
      expect(await readdir(join(worker.config.SCRATCH_DIR, 'jobs'))).toEqual([]);
      expect((await readdir(join(worker.config.SCRATCH_DIR, 'sources'))).length).toBeLessThanOrEqual(2);
    });
  });

  describe('and the video service', () => {
    it('says that it is ready, and what it waits for once that is away', async () => {
      expect(worker.readiness.report()).toEqual({ isReady: true, checks: { ffmpeg: true, video: true } });
      video.close();
      const report = await eventually(() => !worker.readiness.report().isReady && worker.readiness.report());
      expect(report.checks['video']).toMatch(/^does not answer: /);
      await video.listen();
      await eventually(() => worker.readiness.report().isReady);
    });

    it('leases again after an outage', async () => {
      expect(await probe(film)).toMatchObject({ as: 'completed' });
    });
  });
});
