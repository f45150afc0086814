import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PublishedV1, videoV1, type transcodeV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { finishJob, leaseJob, nameOf, PROBE, store, uploadFilm, workAll } from '../testing/films.js';
import { recordedEvents } from '../testing/published-events.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const { AssetState, JobState } = videoV1;

jest.setTimeout(60_000);

describe('transcode jobs', () => {
  const editor = newActor();
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo({ RETRY_BASE_MS: '0', OPEN_UPLOAD_LIMIT: '100' });
  });
  afterAll(async () => running?.stop());
  // Each test has the queue to itself.
  beforeEach(async () => {
    await running.database.query('DELETE FROM assets');
  });

  const getAsset = async (assetId: string): Promise<videoV1.Asset> => {
    const { asset } = await running.as(editor, () => running.video.getAsset({ assetId }));
    if (!asset) throw new Error('no asset was answered');
    return asset;
  };
  const noJob = () => running.transcode.leaseJob({ workerId: 'idle', waitSeconds: 0 });
  const isLost = { code: 'LEASE_LOST' };
  const expireLease = (jobId: string) =>
    running.database.query('UPDATE transcode_jobs SET lease_expires_at = now() WHERE id = $1', [jobId]);
  const tokens = ({ id, leaseToken }: transcodeV1.Job) => ({ jobId: id, leaseToken });
  const fail = (job: transcodeV1.Job, isRetryable: boolean, code = 'TRANSCODE_FAILED') =>
    running.transcode.failJob({ ...tokens(job), code, isRetryable });
  const published = async (assetId: string) =>
    (await recordedEvents(running.database, PublishedV1)).filter((event) => event.assetId === assetId);

  it('begin with a probe, then make the ladder from below with the audio, and publish once', async () => {
    const { id: assetId, titleId } = await uploadFilm(running, editor);
    const probe = await leaseJob(running);
    expect(probe).toMatchObject({ assetId, attempt: 1, spec: { $case: 'probe' }, outputUrl: '', leaseSeconds: 30 });
    expect((await fetch(probe.sourceUrl)).status).toBe(200);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await finishJob(running, probe);
    const planned = await getAsset(assetId);
    expect(planned).toMatchObject({ durationMs: PROBE.durationMs });
    expect(planned.renditions.map(({ name }) => name)).toEqual(['240p', '360p', '480p', '720p', 'audio']);
    expect(new Set(planned.renditions.map(({ state }) => state))).toEqual(new Set([JobState.JOB_STATE_QUEUED]));

    const first = await leaseJob(running);
    await finishJob(running, first);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    expect(await published(assetId)).toHaveLength(0);
    const second = await leaseJob(running);
    expect([nameOf(first), nameOf(second)].sort()).toEqual(['240p', 'audio']);
    expect(second).toMatchObject({ demuxer: 'mov', durationMs: PROBE.durationMs });
    await finishJob(running, second);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
    expect(await published(assetId)).toMatchObject([{ titleId, durationMs: PROBE.durationMs }]);

    expect(await workAll(running)).toEqual(['360p', '480p', '720p']);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('publish once when lowest rung and audio end at the same time', async () => {
    const assets = await Promise.all([1, 2, 3].map(() => uploadFilm(running, editor)));
    for (const _ of assets) await finishJob(running, await leaseJob(running));
    const essential = await Promise.all(assets.flatMap(() => [leaseJob(running), leaseJob(running)]));
    await Promise.all(essential.map((job) => finishJob(running, job)));
    for (const { id } of assets) {
      expect((await getAsset(id)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
      expect(await published(id)).toHaveLength(1);
    }
  });

  it('make every film playable before a higher rung of any', async () => {
    const older = await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const newer = await uploadFilm(running, editor);
    const order: [string, string][] = [];
    for (let job = await leaseJob(running); ;) {
      order.push([job.assetId === older.id ? 'older' : 'newer', nameOf(job)]);
      await finishJob(running, job);
      const next = await noJob();
      if (!next.job) break;
      job = next.job;
    }
    expect(order[0]).toEqual(['newer', 'probe']);
    expect(new Set(order.slice(1, 5).map(([, name]) => name))).toEqual(new Set(['240p', 'audio']));
    expect(order.slice(1, 3).map(([film]) => film)).toEqual(['older', 'older']);
    expect(order.slice(5)).toEqual([
      ['older', '360p'],
      ['newer', '360p'],
      ['older', '480p'],
      ['newer', '480p'],
      ['older', '720p'],
      ['newer', '720p'],
    ]);
    expect(await published(newer.id)).toHaveLength(1);
  });

  it('are never handed out twice, however many workers ask', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => uploadFilm(running, editor)));
    const leases = await Promise.all(
      Array.from({ length: 20 }, (_, worker) =>
        running.transcode.leaseJob({ workerId: `worker-${worker}`, waitSeconds: 0 }),
      ),
    );
    const jobIds = leases.flatMap(({ job }) => (job ? [job.id] : []));
    expect(jobIds).toHaveLength(7);
    expect(new Set(jobIds).size).toBe(7);
  });

  it('go to another worker when their lease runs out, and the first one learns it', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    const lost = await leaseJob(running, 'sleeper');
    await expireLease(lost.id);
    const taken = await leaseJob(running, 'other');
    expect(taken).toMatchObject({ id: lost.id, attempt: 2 });
    expect(taken.leaseToken).not.toBe(lost.leaseToken);
    await expect(running.transcode.heartbeatJob({ ...tokens(lost), progress: 0.5 })).rejects.toMatchObject(isLost);
    await expect(finishJob(running, lost)).rejects.toMatchObject(isLost);
    await expect(fail(lost, true)).rejects.toMatchObject(isLost);
    await expect(running.transcode.releaseJob(tokens(lost))).rejects.toMatchObject(isLost);
    await finishJob(running, taken);
    expect((await getAsset(assetId)).renditions).toHaveLength(5);
  });

  it('are kept by heartbeats, which show their progress', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const job = await leaseJob(running);
    await expireLease(job.id);
    const { leaseSeconds } = await running.transcode.heartbeatJob({ ...tokens(job), progress: 0.25 });
    expect(leaseSeconds).toBe(30);
    const next = await leaseJob(running);
    expect(next.id).not.toBe(job.id);
    const rendition = (await getAsset(assetId)).renditions.find(({ name }) => name === nameOf(job));
    expect(rendition).toMatchObject({ progress: 0.25, attempt: 1, state: JobState.JOB_STATE_RUNNING });
  });

  it('may be completed twice with the same token, also at a time', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    const probe = await leaseJob(running);
    await Promise.all([1, 2, 3].map(() => finishJob(running, probe)));
    await finishJob(running, probe);
    expect((await getAsset(assetId)).renditions).toHaveLength(5);
    const job = await leaseJob(running);
    const rendition = await store(job);
    const complete = () => running.transcode.completeJob({ ...tokens(job), result: { $case: 'rendition', rendition } });
    await Promise.all([complete(), complete()]);
    await complete();
    const made = (await getAsset(assetId)).renditions.filter(({ state }) => state === JobState.JOB_STATE_SUCCEEDED);
    expect(made).toMatchObject([{ name: nameOf(job), progress: 1 }]);
  });

  it('are not completed without their bytes, or by the result of another kind', async () => {
    await uploadFilm(running, editor);
    const probe = await leaseJob(running);
    const rendition = {
      sizeBytes: 900,
      initSegment: { offset: 0, length: 100 },
      segments: [{ durationUs: 1, byteRange: { offset: 100, length: 800 } }],
    };
    const asRendition = (job: transcodeV1.Job, result = rendition) =>
      running.transcode.completeJob({ ...tokens(job), result: { $case: 'rendition', rendition: result } });
    const isInvalid = { code: 'REQUEST_INVALID' };
    await expect(asRendition(probe)).rejects.toMatchObject(isInvalid);
    await finishJob(running, probe);
    const job = await leaseJob(running);
    await expect(asRendition(job)).rejects.toMatchObject(isInvalid);
    const stored = await store(job);
    await expect(asRendition(job, { ...rendition, sizeBytes: 901 })).rejects.toMatchObject(isInvalid);
    await expect(asRendition(job, { ...rendition, sizeBytes: 899 })).rejects.toMatchObject(isInvalid);
    await running.transcode.completeJob({ ...tokens(job), result: { $case: 'rendition', rendition: stored } });
  });

  it('are tried three times, then their asset has failed', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const attempt of [1, 2, 3]) {
      const job = await leaseJob(running);
      expect(job.attempt).toBe(attempt);
      await fail(job, true, 'SOURCE_UNREADABLE');
    }
    expect(await getAsset(assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_UNREADABLE',
    });
    expect((await noJob()).job).toBeUndefined();
  });

  it('are tried once where another try could not end otherwise', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await fail(await leaseJob(running), false, 'SOURCE_OUT_OF_BOUNDS');
    expect(await getAsset(assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_OUT_OF_BOUNDS',
    });
  });

  it('whose workers never come back end too', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const _ of [1, 2, 3]) await expireLease((await leaseJob(running)).id);
    expect((await noJob()).job).toBeUndefined();
    expect(await getAsset(assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'TRANSCODE_FAILED',
    });
  });

  it('that are released go back without counting the attempt', async () => {
    await uploadFilm(running, editor);
    for (const _ of [1, 2, 3, 4, 5]) {
      const job = await leaseJob(running);
      expect(job.attempt).toBe(1);
      await running.transcode.releaseJob(tokens(job));
      await expect(running.transcode.heartbeatJob({ ...tokens(job), progress: 0 })).rejects.toMatchObject(isLost);
    }
  });

  it('of a higher rung may fail: the film stays playable', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const _ of [1, 2, 3]) await finishJob(running, await leaseJob(running));
    const rung = await leaseJob(running);
    await fail(rung, false);
    expect(await workAll(running)).toHaveLength(2);
    const asset = await getAsset(assetId);
    expect(asset).toMatchObject({ state: AssetState.ASSET_STATE_PLAYABLE });
    expect(asset.failureCode).toBeUndefined();
    expect(asset.renditions.find(({ name }) => name === nameOf(rung))?.state).toBe(JobState.JOB_STATE_FAILED);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('of an asset that has failed are stopped and taken out of the queue', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const [one, other] = [await leaseJob(running), await leaseJob(running)];
    await fail(one, false);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_FAILED);
    expect((await noJob()).job).toBeUndefined();
    await expect(running.transcode.heartbeatJob({ ...tokens(other), progress: 0.5 })).rejects.toMatchObject(isLost);
    await expireLease(other.id);
    expect((await noJob()).job).toBeUndefined();
    expect(await published(assetId)).toHaveLength(0);
  });

  it('leave no bytes of attempts that came to nothing', async () => {
    await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const lost = await leaseJob(running);
    await store(lost);
    const [row] = await running.database.query<{ output_key: string }>(
      'SELECT output_key FROM transcode_jobs WHERE id = $1',
      [lost.id],
    );
    await expireLease(lost.id);
    const taken = await leaseJob(running);
    expect(taken.id).toBe(lost.id);
    expect(new URL(taken.outputUrl).pathname).not.toBe(new URL(lost.outputUrl).pathname);
    await finishJob(running, taken);
    // The old address has lapsed.
    await running.database.query('UPDATE discarded_objects SET delete_after = now()');
    await eventually(async () => (await running.objects.head(row?.output_key ?? '')) === undefined);
  });

  it('are waited for', async () => {
    const waiting = running.transcode.leaseJob({ workerId: 'patient', waitSeconds: 10 });
    const { id: assetId } = await uploadFilm(running, editor);
    expect((await waiting).job?.assetId).toBe(assetId);
  });

  it('are refused in words when asked for wrongly', async () => {
    await expect(running.transcode.leaseJob({ workerId: '', waitSeconds: 11 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      faults: [{ path: 'workerId' }, { path: 'waitSeconds' }],
    });
    const unknown = { jobId: randomUUID(), leaseToken: randomUUID() };
    await expect(running.transcode.heartbeatJob({ ...unknown, progress: 0 })).rejects.toMatchObject(isLost);
    await expect(running.transcode.completeJob({ ...unknown, result: undefined })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('of a film without sound and under 240p are one', async () => {
    const { id: assetId } = await uploadFilm(running, editor, { bytes: randomBytes(10) });
    expect(await workAll(running, { ...PROBE, width: 160, height: 120, hasAudio: false })).toEqual(['probe', '120p']);
    expect((await getAsset(assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });
});
