import { randomBytes } from 'node:crypto';
import { PublishedV1, videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import {
  expireLease,
  failJob,
  finishJob,
  getAsset,
  leaseJob,
  nameOf,
  PROBE,
  store,
  tokensOf,
  uploadFilm,
  workAll,
} from '../testing/films.js';
import { eventOnBroker, recordedEvents } from '../testing/published-events.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const { AssetState, JobState } = videoV1;

describe('transcode jobs', () => {
  const editor = newActor();
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo({ RETRY_BASE_MS: '0', MAX_OPEN_UPLOADS: '100' });
  });
  afterAll(async () => running?.stop());
  // Each test has the queue to itself.
  beforeEach(async () => {
    await running.database.query('DELETE FROM assets');
  });

  const noJob = () => running.transcode.leaseJob({ workerId: 'idle', waitSeconds: 0 });
  const isLost = { code: 'LEASE_LOST' };
  const published = async (assetId: string) =>
    (await recordedEvents(running.database, PublishedV1)).filter((event) => event.assetId === assetId);

  it('begin with a probe, then make the ladder from below with the audio, and publish once', async () => {
    const { id: assetId, titleId } = await uploadFilm(running, editor);
    const probe = await leaseJob(running);
    expect(probe).toMatchObject({ assetId, attempt: 1, spec: { $case: 'probe' }, outputUrl: '', leaseSeconds: 30 });
    expect((await fetch(probe.sourceUrl)).status).toBe(200);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await finishJob(running, probe);
    const planned = await getAsset(running, editor, assetId);
    expect(planned).toMatchObject({ durationMs: PROBE.durationMs });
    expect(planned.renditions.map(({ name }) => name)).toEqual(['240p', '360p', '480p', '720p', 'audio']);
    expect(new Set(planned.renditions.map(({ state }) => state))).toEqual(new Set([JobState.JOB_STATE_QUEUED]));

    const first = await leaseJob(running);
    await finishJob(running, first);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    expect(await published(assetId)).toHaveLength(0);
    const second = await leaseJob(running);
    expect([nameOf(first), nameOf(second)].sort()).toEqual(['240p', 'audio']);
    expect(second).toMatchObject({ demuxer: 'mov', durationMs: PROBE.durationMs });
    await finishJob(running, second);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
    const [event, ...others] = await published(assetId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ titleId, durationMs: PROBE.durationMs });
    expect(await eventOnBroker(PublishedV1, assetId)).toEqual(event);

    expect(await workAll(running)).toEqual(['360p', '480p', '720p']);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('publish once when lowest rung and audio end at the same time', async () => {
    const assets = await Promise.all([1, 2, 3].map(() => uploadFilm(running, editor)));
    for (const _ of assets) await finishJob(running, await leaseJob(running));
    const essential = await Promise.all(assets.flatMap(() => [leaseJob(running), leaseJob(running)]));
    await Promise.all(essential.map((job) => finishJob(running, job)));
    for (const { id } of assets) {
      expect((await getAsset(running, editor, id)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
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

  it('are tried three times, then their asset has failed', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const attempt of [1, 2, 3]) {
      const job = await leaseJob(running);
      expect(job.attempt).toBe(attempt);
      await failJob(running, job, true, 'SOURCE_UNREADABLE');
    }
    expect(await getAsset(running, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_UNREADABLE',
    });
    expect((await noJob()).job).toBeUndefined();
  });

  it('does not count attempts that failed because a dependency was unavailable', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const _ of [1, 2, 3, 4, 5]) {
      const job = await leaseJob(running);
      expect(job.attempt).toBe(1);
      await failJob(running, job, true, 'DEPENDENCY_UNAVAILABLE');
    }
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await workAll(running);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
  });

  it('are tried once where another try could not end otherwise', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await failJob(running, await leaseJob(running), false, 'SOURCE_LIMIT_EXCEEDED');
    expect(await getAsset(running, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_LIMIT_EXCEEDED',
    });
  });

  it('whose workers never come back end too', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const _ of [1, 2, 3]) await expireLease(running, (await leaseJob(running)).id);
    expect((await noJob()).job).toBeUndefined();
    expect(await getAsset(running, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'TRANSCODE_FAILED',
    });
  });

  it('of a higher rung may fail: the film stays playable', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    for (const _ of [1, 2, 3]) await finishJob(running, await leaseJob(running));
    const rung = await leaseJob(running);
    await failJob(running, rung, false);
    expect(await workAll(running)).toHaveLength(2);
    const asset = await getAsset(running, editor, assetId);
    expect(asset).toMatchObject({ state: AssetState.ASSET_STATE_PLAYABLE });
    expect(asset.failureCode).toBeUndefined();
    expect(asset.renditions.find(({ name }) => name === nameOf(rung))?.state).toBe(JobState.JOB_STATE_FAILED);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('of an asset that has failed are stopped and taken out of the queue', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const [one, other] = [await leaseJob(running), await leaseJob(running)];
    await failJob(running, one, false);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_FAILED);
    expect((await noJob()).job).toBeUndefined();
    await expect(running.transcode.heartbeatJob({ ...tokensOf(other), progress: 0.5 })).rejects.toMatchObject(isLost);
    await expireLease(running, other.id);
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
    await expireLease(running, lost.id);
    const taken = await leaseJob(running);
    expect(taken.id).toBe(lost.id);
    expect(new URL(taken.outputUrl).pathname).not.toBe(new URL(lost.outputUrl).pathname);
    await finishJob(running, taken);
    // The old address has lapsed.
    await running.database.query('UPDATE discarded_objects SET delete_after = now()');
    await eventually(async () => (await running.objects.head(row?.output_key ?? '')) === undefined);
  });

  it('of a film without sound and under 240p are one', async () => {
    const { id: assetId } = await uploadFilm(running, editor, { bytes: randomBytes(10) });
    expect(await workAll(running, { ...PROBE, width: 160, height: 120, hasAudio: false })).toEqual(['probe', '120p']);
    expect((await getAsset(running, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });
});
