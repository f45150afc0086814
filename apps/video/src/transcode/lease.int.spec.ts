import { randomUUID } from 'node:crypto';
import { videoV1, type transcodeV1 } from '@viernes/contracts';
import {
  expireLease,
  failJob,
  finishJob,
  getAsset,
  leaseJob,
  nameOf,
  store,
  tokensOf,
  uploadFilm,
} from '../testing/films.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const { JobState } = videoV1;

describe('leases of transcode jobs', () => {
  const editor = newActor();
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo({ MAX_OPEN_UPLOADS: '100' });
  });
  afterAll(async () => running?.stop());
  // Each test has the queue to itself.
  beforeEach(async () => {
    await running.database.query('DELETE FROM assets');
  });

  const isLost = { code: 'LEASE_LOST' };

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
    await expireLease(running, lost.id);
    const taken = await leaseJob(running, 'other');
    expect(taken).toMatchObject({ id: lost.id, attempt: 2 });
    expect(taken.leaseToken).not.toBe(lost.leaseToken);
    await expect(running.transcode.heartbeatJob({ ...tokensOf(lost), progress: 0.5 })).rejects.toMatchObject(isLost);
    await expect(finishJob(running, lost)).rejects.toMatchObject(isLost);
    await expect(failJob(running, lost, true)).rejects.toMatchObject(isLost);
    await expect(running.transcode.releaseJob(tokensOf(lost))).rejects.toMatchObject(isLost);
    await finishJob(running, taken);
    expect((await getAsset(running, editor, assetId)).renditions).toHaveLength(5);
  });

  it('are kept by heartbeats, which show their progress', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const job = await leaseJob(running);
    await expireLease(running, job.id);
    const { leaseSeconds } = await running.transcode.heartbeatJob({ ...tokensOf(job), progress: 0.25 });
    expect(leaseSeconds).toBe(30);
    const next = await leaseJob(running);
    expect(next.id).not.toBe(job.id);
    const rendition = (await getAsset(running, editor, assetId)).renditions.find(({ name }) => name === nameOf(job));
    expect(rendition).toMatchObject({ progress: 0.25, attempt: 1, state: JobState.JOB_STATE_RUNNING });
  });

  it('get new URLs for the same objects, but only from their own lease', async () => {
    await uploadFilm(running, editor);
    await finishJob(running, await leaseJob(running));
    const job = await leaseJob(running);
    const { sourceUrl, outputUrl } = await running.transcode.renewJobUrls(tokensOf(job));
    expect((await fetch(sourceUrl)).status).toBe(200);
    expect(new URL(sourceUrl).pathname).toBe(new URL(job.sourceUrl).pathname);
    await finishJob(running, { ...job, outputUrl });
    await expect(running.transcode.renewJobUrls(tokensOf(job))).rejects.toMatchObject(isLost);
  });

  it('may be completed twice with the same token, also at a time', async () => {
    const { id: assetId } = await uploadFilm(running, editor);
    const probe = await leaseJob(running);
    await Promise.all([1, 2, 3].map(() => finishJob(running, probe)));
    await finishJob(running, probe);
    expect((await getAsset(running, editor, assetId)).renditions).toHaveLength(5);
    const job = await leaseJob(running);
    const rendition = await store(job);
    const complete = () =>
      running.transcode.completeJob({ ...tokensOf(job), result: { $case: 'rendition', rendition } });
    await Promise.all([complete(), complete()]);
    await complete();
    const made = (await getAsset(running, editor, assetId)).renditions.filter(
      ({ state }) => state === JobState.JOB_STATE_SUCCEEDED,
    );
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
      running.transcode.completeJob({ ...tokensOf(job), result: { $case: 'rendition', rendition: result } });
    const isInvalid = { code: 'REQUEST_INVALID' };
    await expect(asRendition(probe)).rejects.toMatchObject(isInvalid);
    await finishJob(running, probe);
    const job = await leaseJob(running);
    await expect(asRendition(job)).rejects.toMatchObject(isInvalid);
    const stored = await store(job);
    await expect(asRendition(job, { ...rendition, sizeBytes: 901 })).rejects.toMatchObject(isInvalid);
    await expect(asRendition(job, { ...rendition, sizeBytes: 899 })).rejects.toMatchObject(isInvalid);
    await running.transcode.completeJob({ ...tokensOf(job), result: { $case: 'rendition', rendition: stored } });
  });

  it('that are released go back without counting the attempt', async () => {
    await uploadFilm(running, editor);
    for (const _ of [1, 2, 3, 4, 5]) {
      const job = await leaseJob(running);
      expect(job.attempt).toBe(1);
      await running.transcode.releaseJob(tokensOf(job));
      await expect(running.transcode.heartbeatJob({ ...tokensOf(job), progress: 0 })).rejects.toMatchObject(isLost);
    }
  });

  it('are waited for', async () => {
    const waiting = running.transcode.leaseJob({ workerId: 'patient', waitSeconds: 10 });
    const { id: assetId } = await uploadFilm(running, editor);
    expect((await waiting).job?.assetId).toBe(assetId);
  });

  it('are refused in words when asked for wrongly', async () => {
    await expect(running.transcode.leaseJob({ workerId: '', waitSeconds: 11 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'workerId' }, { path: 'waitSeconds' }],
    });
    const unknown = { jobId: randomUUID(), leaseToken: randomUUID() };
    await expect(running.transcode.heartbeatJob({ ...unknown, progress: 0 })).rejects.toMatchObject(isLost);
    await expect(running.transcode.completeJob({ ...unknown, result: undefined })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
