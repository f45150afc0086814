import { eventually } from '@viernes/testing';
import { AUDIO, JobServer, type JobRecord } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { VideoFolder } from '../testing/videos.js';
import { WorkerProcess } from '../testing/worker-process.js';

describe('a worker process that exits during a job', () => {
  let videos: VideoFolder;
  let long: Buffer;
  let short: Buffer;
  let objects: ObjectServer;
  let server: JobServer;
  const workers: WorkerProcess[] = [];

  const start = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start(server.target);
    workers.push(worker);
    return worker;
  };
  const add = (name: string, video: Buffer, durationMs: number): JobRecord => {
    const sourceUrl = objects.put(name, video);
    const outputUrl = objects.urlOf(`${name}.mp4`);
    return server.add({
      assetId: name,
      sourceUrl,
      sourceSizeBytes: video.length,
      spec: AUDIO,
      durationMs,
      outputUrl,
      demuxer: 'mov',
    });
  };
  const whenInProgress = (record: JobRecord) => eventually(() => record.progress.some((fraction) => fraction > 0));

  beforeAll(async () => {
    videos = await VideoFolder.create();
    long = await videos.add('long.mp4', { size: '64x64', seconds: 120, rate: 1, hasAudio: true });
    short = await videos.add('short.mp4', { size: '64x64', seconds: 4, rate: 1, hasAudio: true });
    objects = await ObjectServer.start();
  });
  beforeEach(async () => {
    server = await JobServer.start();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.remove();
    server.close();
  });
  afterAll(async () => {
    await objects.close();
    await videos.remove();
  });

  it('releases a long job at SIGTERM, kills ffmpeg, and exits with 0', async () => {
    const record = add('released', long, 120_000);
    const worker = await start();
    await whenInProgress(record);
    worker.kill('SIGTERM');
    expect(await worker.exited()).toBe(0);
    expect(record.reports).toEqual([{ as: 'released' }]);
    await eventually(async () => !(await worker.isFfmpegRunning()));
    expect(worker.log).not.toContain('work in progress aborted');
  });

  it('finishes a job at SIGTERM if its remaining time fits into the drain period', async () => {
    const record = add('finished', short, 4_000);
    const worker = await start();
    await eventually(() => record.progress.some((fraction) => fraction > 0.3));
    worker.kill('SIGTERM');
    expect(await worker.exited()).toBe(0);
    expect(record.reports).toMatchObject([{ as: 'completed' }]);
    expect(objects.get('finished.mp4').length).toBeGreaterThan(0);
  });

  it('leaves no ffmpeg running after SIGKILL, and another worker completes the job', async () => {
    const record = add('killed', short, 4_000);
    const first = await start();
    await whenInProgress(record);
    first.kill('SIGKILL');
    await first.exited();
    await eventually(async () => !(await first.isFfmpegRunning()));
    server.expireLease(record);
    await start();
    await eventually(() => record.reports.length > 0);
    expect(record.reports).toMatchObject([{ as: 'completed' }]);
    expect(record.job.attempt).toBe(2);
    expect(objects.count('PUT /killed.mp4')).toBe(1);
  });

  it('stops a job when a heartbeat reports that its lease is lost, uploads nothing, and runs the next job', async () => {
    const record = add('lost', long, 120_000);
    const worker = await start();
    await whenInProgress(record);
    server.revokeLease(record);
    await eventually(async () => !(await worker.isFfmpegRunning()));
    const next = add('next', short, 4_000);
    await eventually(() => next.reports.length > 0);
    expect(next.reports).toMatchObject([{ as: 'completed' }]);
    expect(record.reports).toEqual([]);
    expect(objects.requests).not.toContain('PUT /lost.mp4');
    await eventually(() => worker.log.includes('"outcome":"lease-lost"'));
  });
});
