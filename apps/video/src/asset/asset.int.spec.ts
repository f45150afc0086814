import { randomUUID } from 'node:crypto';
import { videoV1 } from '@viernes/contracts';
import { failJob, finishJob, getAsset, leaseJob, uploadFilm, workAll } from '../testing/films.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const { AssetState } = videoV1;

describe('an asset', () => {
  const editor = newActor();
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo();
  });
  afterAll(async () => running?.stop());

  const watch = (assetId: string) =>
    running.as(editor, async () => running.video.watchAsset({ assetId })[Symbol.asyncIterator]());
  const next = async (states: AsyncIterator<videoV1.WatchAssetResponse>): Promise<videoV1.Asset | undefined> =>
    ((await running.as(editor, () => states.next())).value as videoV1.WatchAssetResponse | undefined)?.asset;

  it('is watched from the first look to the whole ladder', async () => {
    const { id } = await uploadFilm(running, editor);
    const states = await watch(id);
    expect((await next(states))?.state).toBe(AssetState.ASSET_STATE_UPLOADED);

    const probe = await leaseJob(running);
    expect((await next(states))?.state).toBe(AssetState.ASSET_STATE_PROCESSING);
    await finishJob(running, probe);
    expect((await next(states))?.renditions).toHaveLength(5);
    const job = await leaseJob(running);
    await running.transcode.heartbeatJob({ jobId: job.id, leaseToken: job.leaseToken, progress: 0.5 });
    const isHalfDone = (asset: videoV1.Asset | undefined) => asset?.renditions.some(({ progress }) => progress === 0.5);
    while (!isHalfDone(await next(states)));
    await finishJob(running, job);

    await workAll(running);
    const seen: (videoV1.AssetState | undefined)[] = [];
    for (let asset = await next(states); asset; asset = await next(states)) seen.push(asset.state);
    expect(seen.at(-1)).toBe(AssetState.ASSET_STATE_READY);
    await expect(next(await watch(id))).resolves.toMatchObject({
      state: AssetState.ASSET_STATE_READY,
      isFinal: true,
    });
  });

  it('is watched until it has failed', async () => {
    const { id } = await uploadFilm(running, editor);
    const states = await watch(id);
    await next(states);
    const { id: jobId, leaseToken } = await leaseJob(running);
    await running.transcode.failJob({ jobId, leaseToken, code: 'SOURCE_UNREADABLE', isRetryable: false });
    let last: videoV1.Asset | undefined;
    for (let asset = await next(states); asset; asset = await next(states)) last = asset;
    expect(last).toMatchObject({
      state: AssetState.ASSET_STATE_FAILED,
      failureCode: 'SOURCE_UNREADABLE',
      isFinal: true,
    });
  });

  it('is final once no job can change it, also as a playable asset whose upper rendition failed', async () => {
    const { id } = await uploadFilm(running, editor);
    const states = await watch(id);
    for (const _job of ['probe', '240p', 'audio']) await finishJob(running, await leaseJob(running));
    expect(await getAsset(running, editor, id)).toMatchObject({
      state: AssetState.ASSET_STATE_PLAYABLE,
      isFinal: false,
    });
    await failJob(running, await leaseJob(running), false);
    await workAll(running);

    const seen: videoV1.Asset[] = [];
    for (let asset = await next(states); asset; asset = await next(states)) seen.push(asset);
    expect(seen.slice(0, -1).some(({ isFinal }) => isFinal)).toBe(false);
    const final = { state: AssetState.ASSET_STATE_PLAYABLE, isFinal: true };
    expect(seen.at(-1)).toMatchObject(final);
    expect(await getAsset(running, editor, id)).toMatchObject(final);
  });

  it('knows how many jobs of others go first', async () => {
    const first = await uploadFilm(running, editor);
    const second = await uploadFilm(running, editor);
    const jobsAhead = async (assetId: string) =>
      (await running.as(editor, () => running.video.getAsset({ assetId }))).asset?.jobsAhead;
    expect(await jobsAhead(first.id)).toBe(0);
    expect(await jobsAhead(second.id)).toBe(1);
    await leaseJob(running);
    expect(await jobsAhead(second.id)).toBe(0);
  });

  it('concerns editors', async () => {
    const assetId = randomUUID();
    const get = () => running.video.getAsset({ assetId });
    await expect(running.as(newActor('viewer'), get)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(running.as(newActor('editor'), get)).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    await expect(next(await watch(assetId))).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
  });
});
