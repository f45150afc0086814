import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@viernes/testing';
import { makeFilm } from '../testing/films.js';
import { JobServer, type JobRecord } from '../testing/job-server.js';
import { ObjectServer } from '../testing/object-server.js';
import { WorkerProcess } from '../testing/worker-process.js';

const AUDIO = { $case: 'audio', audio: { bitrateBps: 128_000, channels: 2 } } as const;

describe('the end of a worker in the middle of a job', () => {
  let folder: string;
  let long: Buffer;
  let short: Buffer;
  let store: ObjectServer;
  let video: JobServer;
  const workers: WorkerProcess[] = [];

  const start = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start(video.address);
    workers.push(worker);
    return worker;
  };
  const add = (name: string, film: Buffer, durationMs: number): JobRecord => {
    const sourceUrl = store.put(name, film);
    const outputUrl = store.urlOf(`${name}.mp4`);
    return video.add({
      assetId: name,
      sourceUrl,
      sourceSizeBytes: film.length,
      spec: AUDIO,
      durationMs,
      outputUrl,
      demuxer: 'mov',
    });
  };
  const underWay = (record: JobRecord) => eventually(() => record.progress.some((fraction) => fraction > 0));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-films-'));
    long = await makeFilm(folder, 'long.mp4', { size: '64x64', seconds: 120, rate: 1, hasSound: true });
    short = await makeFilm(folder, 'short.mp4', { size: '64x64', seconds: 4, rate: 1, hasSound: true });
    store = await ObjectServer.start();
  });
  beforeEach(async () => {
    video = await JobServer.start();
    video.leaseSeconds = 1;
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.clear();
    video.close();
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('gives a long job back at SIGTERM, ends ffmpeg and then itself', async () => {
    const record = add('released', long, 120_000);
    const worker = await start();
    await underWay(record);
    worker.kill('SIGTERM');
    expect(await worker.ended()).toBe(0);
    expect(record.ends).toEqual([{ as: 'released' }]);
    await eventually(async () => !(await worker.hasFfmpeg()));
    expect(worker.log).not.toContain('work cut off');
  });

  it('finishes a job at SIGTERM that is nearly done', async () => {
    const record = add('finished', short, 4_000);
    const worker = await start();
    await eventually(() => record.progress.some((fraction) => fraction > 0.3));
    worker.kill('SIGTERM');
    expect(await worker.ended()).toBe(0);
    expect(record.ends).toMatchObject([{ as: 'completed' }]);
    expect(store.get('finished.mp4').length).toBeGreaterThan(0);
  });

  it('leaves no ffmpeg behind when it is killed, and another worker does the job', async () => {
    const record = add('killed', short, 4_000);
    const first = await start();
    await underWay(record);
    first.kill('SIGKILL');
    await first.ended();
    await eventually(async () => !(await first.hasFfmpeg()));
    await start();
    await eventually(() => record.ends.length > 0);
    expect(record.ends).toMatchObject([{ as: 'completed' }]);
    expect(record.job.attempt).toBe(2);
    expect(store.requests.filter((request) => request === 'PUT /killed.mp4')).toHaveLength(1);
  });

  it('stops at once when its lease is lost, puts nothing, and goes on with the next job', async () => {
    const record = add('lost', long, 120_000);
    const worker = await start();
    await underWay(record);
    video.takeAway(record);
    await eventually(async () => !(await worker.hasFfmpeg()));
    const next = add('next', short, 4_000);
    await eventually(() => next.ends.length > 0);
    expect(next.ends).toMatchObject([{ as: 'completed' }]);
    expect(record.ends).toEqual([]);
    expect(store.requests).not.toContain('PUT /lost.mp4');
    expect(worker.log).toContain('"outcome":"lease-lost"');
  });
});
