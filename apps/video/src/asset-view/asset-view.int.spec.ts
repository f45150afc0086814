import { randomUUID } from 'node:crypto';
import { videoV1 } from '@viernes/contracts';
import { newCaller } from '@viernes/platform/testing';
import { failJob, completeJob, getAsset, leaseJob, uploadAsset, completeAllJobs } from '../testing/workflow.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';

const { AssetState } = videoV1;

describe('the asset view', () => {
  const editor = newCaller('editor');
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo();
  });
  afterAll(async () => service?.stop());

  const watch = (assetId: string) =>
    service.as(editor, async () => service.video.watchAsset({ assetId })[Symbol.asyncIterator]());
  const next = async (states: AsyncIterator<videoV1.WatchAssetResponse>): Promise<videoV1.Asset | undefined> =>
    ((await service.as(editor, () => states.next())).value as videoV1.WatchAssetResponse | undefined)?.asset;

  it('streams the asset after each change until it is ready', async () => {
    const { id } = await uploadAsset(service, editor);
    const states = await watch(id);
    expect((await next(states))?.state).toBe(AssetState.ASSET_STATE_UPLOADED);

    const probe = await leaseJob(service);
    expect((await next(states))?.state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await completeJob(service, probe);
    expect((await next(states))?.renditions).toHaveLength(5);
    const job = await leaseJob(service);
    await service.transcode.heartbeatJob({ jobId: job.id, leaseToken: job.leaseToken, progress: 0.5 });
    const isHalfComplete = (asset: videoV1.Asset | undefined) =>
      asset?.renditions.some(({ progress }) => progress === 0.5);
    while (!isHalfComplete(await next(states)));
    await completeJob(service, job);

    await completeAllJobs(service);
    const seen: (videoV1.AssetState | undefined)[] = [];
    for (let asset = await next(states); asset; asset = await next(states)) seen.push(asset.state);
    expect(seen.at(-1)).toBe(AssetState.ASSET_STATE_READY);
    await expect(next(await watch(id))).resolves.toMatchObject({
      state: AssetState.ASSET_STATE_READY,
      isFinal: true,
    });
  });

  it('streams the asset until it has failed', async () => {
    const { id } = await uploadAsset(service, editor);
    const states = await watch(id);
    await next(states);
    const { id: jobId, leaseToken } = await leaseJob(service);
    await service.transcode.failJob({ jobId, leaseToken, code: 'SOURCE_UNREADABLE', isRetryable: false });
    let last: videoV1.Asset | undefined;
    for (let asset = await next(states); asset; asset = await next(states)) last = asset;
    expect(last).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_UNREADABLE',
      isFinal: true,
    });
  });

  it('marks an asset without unfinished jobs as final, even if a higher rung failed and it stays playable', async () => {
    const { id } = await uploadAsset(service, editor);
    const states = await watch(id);
    for (const _job of ['probe', '240p', 'audio']) await completeJob(service, await leaseJob(service));
    expect(await getAsset(service, editor, id)).toMatchObject({
      state: AssetState.ASSET_STATE_PLAYABLE,
      isFinal: false,
    });
    await failJob(service, await leaseJob(service), false);
    await completeAllJobs(service);

    const seen: videoV1.Asset[] = [];
    for (let asset = await next(states); asset; asset = await next(states)) seen.push(asset);
    expect(seen.slice(0, -1).some(({ isFinal }) => isFinal)).toBe(false);
    const final = { state: AssetState.ASSET_STATE_PLAYABLE, isFinal: true };
    expect(seen.at(-1)).toMatchObject(final);
    expect(await getAsset(service, editor, id)).toMatchObject(final);
  });

  it('counts the jobs of other assets that run first', async () => {
    const first = await uploadAsset(service, editor);
    const second = await uploadAsset(service, editor);
    const jobsAhead = async (assetId: string) =>
      (await service.as(editor, () => service.video.getAsset({ assetId }))).asset?.jobsAhead;
    expect(await jobsAhead(first.id)).toBe(0);
    expect(await jobsAhead(second.id)).toBe(1);
    await leaseJob(service);
    expect(await jobsAhead(second.id)).toBe(0);
  });

  it('returns FORBIDDEN to viewers and ASSET_NOT_FOUND for an unknown ID', async () => {
    const assetId = randomUUID();
    const get = () => service.video.getAsset({ assetId });
    await expect(service.as(newCaller(), get)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(service.as(newCaller('editor'), get)).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    await expect(next(await watch(assetId))).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
  });
});
