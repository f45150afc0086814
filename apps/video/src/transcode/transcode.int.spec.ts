import { randomBytes } from 'node:crypto';
import { AssetChangedV1, PublishedV1, videoV1 } from '@viernes/contracts';
import { newCaller } from '@viernes/platform/testing';
import { eventually, TestEventReader } from '@viernes/testing';
import {
  expireLease,
  failJob,
  completeJob,
  getAsset,
  leaseJob,
  jobName,
  PROBE_RESULT,
  putOutput,
  toLease,
  uploadAsset,
  completeAllJobs,
} from '../testing/workflow.js';
import { recordedEvents } from '../testing/recorded-events.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';

const { AssetState, JobState } = videoV1;

describe('the job queue', () => {
  const editor = newCaller('editor');
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo({ RETRY_BASE_MS: '0', MAX_OPEN_UPLOADS: '100' });
  });
  afterAll(async () => service?.stop());
  // Empties the queue.
  beforeEach(async () => {
    await service.database.query('DELETE FROM asset');
  });

  const lease = () => service.transcode.leaseJob({ workerId: 'idle', waitSeconds: 0 });
  const LEASE_LOST = { code: 'LEASE_LOST' };
  const published = async (assetId: string) =>
    (await recordedEvents(service.database, PublishedV1)).filter((event) => event.assetId === assetId);

  it('runs the probe, then the lowest rung and the audio, then the other rungs, and publishes the asset once', async () => {
    const onBroker = await TestEventReader.connect(PublishedV1);
    const { id: assetId, titleId } = await uploadAsset(service, editor);
    const probe = await leaseJob(service);
    expect(probe).toMatchObject({ assetId, attempt: 1, spec: { $case: 'probe' }, outputUrl: '', leaseSeconds: 30 });
    expect((await fetch(probe.sourceUrl)).status).toBe(200);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await completeJob(service, probe);
    const planned = await getAsset(service, editor, assetId);
    expect(planned).toMatchObject({ durationMs: PROBE_RESULT.durationMs });
    expect(planned.renditions.map(({ name }) => name)).toEqual(['240p', '360p', '480p', '720p', 'audio']);
    expect(new Set(planned.renditions.map(({ state }) => state))).toEqual(new Set([JobState.JOB_STATE_QUEUED]));

    const first = await leaseJob(service);
    await completeJob(service, first);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    expect(await published(assetId)).toHaveLength(0);
    const second = await leaseJob(service);
    expect([jobName(first), jobName(second)].sort()).toEqual(['240p', 'audio']);
    expect(second).toMatchObject({ demuxer: 'mov', durationMs: PROBE_RESULT.durationMs });
    await completeJob(service, second);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
    const [event, ...others] = await published(assetId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ titleId, durationMs: PROBE_RESULT.durationMs });
    await eventually(() => onBroker.received.some((received) => received.assetId === assetId));
    expect(onBroker.received.filter((received) => received.assetId === assetId)).toEqual([event]);
    await onBroker.close();

    expect(await completeAllJobs(service)).toEqual(['360p', '480p', '720p']);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('publishes each state of an asset, and its progress in tenths of a rendition', async () => {
    const onBroker = await TestEventReader.connect(AssetChangedV1);
    const { id: assetId, titleId } = await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const job = await leaseJob(service);
    for (const progress of [0.05, 0.12, 0.18]) await service.transcode.heartbeatJob({ ...toLease(job), progress });
    const listEvents = () => onBroker.received.filter((event) => event.assetId === assetId);
    await eventually(() => listEvents().length === 3);
    expect(listEvents().map(({ state }) => state)).toEqual(['uploaded', 'processing', 'processing']);
    expect(listEvents().at(-1)).toMatchObject({ accountId: editor.accountId, titleId });
    expect(listEvents().at(-1)?.progress).toBeCloseTo(0.12 / 5);
    // No further event is pending.
    const recorded = (await recordedEvents(service.database, AssetChangedV1)).filter(
      (event) => event.assetId === assetId,
    );
    expect(recorded).toEqual(listEvents());
    await onBroker.close();
  });

  it('publishes the asset once when the lowest rung and the audio finish concurrently', async () => {
    const assets = await Promise.all([1, 2, 3].map(() => uploadAsset(service, editor)));
    for (const _ of assets) await completeJob(service, await leaseJob(service));
    const essential = await Promise.all(assets.flatMap(() => [leaseJob(service), leaseJob(service)]));
    await Promise.all(essential.map((job) => completeJob(service, job)));
    for (const { id } of assets) {
      expect((await getAsset(service, editor, id)).state).toBe(AssetState.ASSET_STATE_PLAYABLE);
      expect(await published(id)).toHaveLength(1);
    }
  });

  it('makes every asset playable before any higher rung runs', async () => {
    const older = await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const newer = await uploadAsset(service, editor);
    const order: [string, string][] = [];
    for (let job = await leaseJob(service); ;) {
      order.push([job.assetId === older.id ? 'older' : 'newer', jobName(job)]);
      await completeJob(service, job);
      const next = await lease();
      if (!next.job) break;
      job = next.job;
    }
    expect(order[0]).toEqual(['newer', 'probe']);
    expect(new Set(order.slice(1, 5).map(([, name]) => name))).toEqual(new Set(['240p', 'audio']));
    expect(order.slice(1, 3).map(([asset]) => asset)).toEqual(['older', 'older']);
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

  it('fails the asset after three failed attempts', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    for (const attempt of [1, 2, 3]) {
      const job = await leaseJob(service);
      expect(job.attempt).toBe(attempt);
      await failJob(service, job, true, 'SOURCE_UNREADABLE');
    }
    expect(await getAsset(service, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_UNREADABLE',
    });
    expect((await lease()).job).toBeUndefined();
  });

  it('does not count attempts that failed because a dependency was unavailable', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    for (const _ of [1, 2, 3, 4, 5]) {
      const job = await leaseJob(service);
      expect(job.attempt).toBe(1);
      await failJob(service, job, true, 'DEPENDENCY_UNAVAILABLE');
    }
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await completeAllJobs(service);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
  });

  it('fails the asset after one attempt that is not retryable', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    await failJob(service, await leaseJob(service), false, 'SOURCE_LIMIT_EXCEEDED');
    expect(await getAsset(service, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_LIMIT_EXCEEDED',
    });
  });

  it('fails the asset after three attempts whose workers stopped responding', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    for (const _ of [1, 2, 3]) await expireLease(service, (await leaseJob(service)).id);
    expect((await lease()).job).toBeUndefined();
    expect(await getAsset(service, editor, assetId)).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'TRANSCODE_FAILED',
    });
  });

  it('leaves the asset playable when a higher rung fails', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    for (const _ of [1, 2, 3]) await completeJob(service, await leaseJob(service));
    const rung = await leaseJob(service);
    await failJob(service, rung, false);
    expect(await completeAllJobs(service)).toHaveLength(2);
    const asset = await getAsset(service, editor, assetId);
    expect(asset).toMatchObject({ state: AssetState.ASSET_STATE_PLAYABLE });
    expect(asset.failureCode).toBeUndefined();
    expect(asset.renditions.find(({ name }) => name === jobName(rung))?.state).toBe(JobState.JOB_STATE_FAILED);
    expect(await published(assetId)).toHaveLength(1);
  });

  it('stops and removes the other jobs of an asset that fails', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const [one, other] = [await leaseJob(service), await leaseJob(service)];
    await failJob(service, one, false);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_FAILED);
    expect((await lease()).job).toBeUndefined();
    await expect(service.transcode.heartbeatJob({ ...toLease(other), progress: 0.5 })).rejects.toMatchObject(
      LEASE_LOST,
    );
    await expireLease(service, other.id);
    expect((await lease()).job).toBeUndefined();
    expect(await published(assetId)).toHaveLength(0);
  });

  it('deletes the output of unsuccessful attempts', async () => {
    await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const lost = await leaseJob(service);
    await putOutput(lost);
    const [row] = await service.database.query<{ output_key: string }>(
      'SELECT output_key FROM transcode_job WHERE id = $1',
      [lost.id],
    );
    await expireLease(service, lost.id);
    const taken = await leaseJob(service);
    expect(taken.id).toBe(lost.id);
    expect(new URL(taken.outputUrl).pathname).not.toBe(new URL(lost.outputUrl).pathname);
    await completeJob(service, taken);
    // The URL of the old attempt has expired.
    await service.database.query('UPDATE discarded_object SET delete_after = now()');
    await eventually(async () => (await service.objects.head(row?.output_key ?? '')) === undefined);
  });

  it('plans one rung for a source without audio below 240p', async () => {
    const { id: assetId } = await uploadAsset(service, editor, { bytes: randomBytes(10) });
    expect(await completeAllJobs(service, { ...PROBE_RESULT, width: 160, height: 120, hasAudio: false })).toEqual([
      'probe',
      '120p',
    ]);
    expect((await getAsset(service, editor, assetId)).state).toBe(AssetState.ASSET_STATE_READY);
    expect(await published(assetId)).toHaveLength(1);
  });
});
