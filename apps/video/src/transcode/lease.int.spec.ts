import { randomUUID } from 'node:crypto';
import { videoV1, type transcodeV1 } from '@viernes/contracts';
import { newCaller } from '@viernes/platform/testing';
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
} from '../testing/workflow.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';

const { JobState } = videoV1;

describe('leases', () => {
  const editor = newCaller('editor');
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo({ MAX_OPEN_UPLOADS: '100' });
  });
  afterAll(async () => service?.stop());
  // Empties the queue.
  beforeEach(async () => {
    await service.database.query('DELETE FROM asset');
  });

  const LEASE_LOST = { code: 'LEASE_LOST' };

  it('grants each job to only one of several concurrent workers', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => uploadAsset(service, editor)));
    const leases = await Promise.all(
      Array.from({ length: 20 }, (_, worker) =>
        service.transcode.leaseJob({ workerId: `worker-${worker}`, waitSeconds: 0 }),
      ),
    );
    const jobIds = leases.flatMap(({ job }) => (job ? [job.id] : []));
    expect(jobIds).toHaveLength(7);
    expect(new Set(jobIds).size).toBe(7);
  });

  it('grants a job to another worker after its lease expires, and rejects the old token with LEASE_LOST', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    const lost = await leaseJob(service, 'silent');
    await expireLease(service, lost.id);
    const taken = await leaseJob(service, 'other');
    expect(taken).toMatchObject({ id: lost.id, attempt: 2 });
    expect(taken.leaseToken).not.toBe(lost.leaseToken);
    await expect(service.transcode.heartbeatJob({ ...toLease(lost), progress: 0.5 })).rejects.toMatchObject(LEASE_LOST);
    await expect(completeJob(service, lost)).rejects.toMatchObject(LEASE_LOST);
    await expect(failJob(service, lost, true)).rejects.toMatchObject(LEASE_LOST);
    await expect(service.transcode.releaseJob(toLease(lost))).rejects.toMatchObject(LEASE_LOST);
    await completeJob(service, taken);
    expect((await getAsset(service, editor, assetId)).renditions).toHaveLength(5);
  });

  it('extends the lease and stores the progress at each heartbeat', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const job = await leaseJob(service);
    await expireLease(service, job.id);
    const { leaseSeconds } = await service.transcode.heartbeatJob({ ...toLease(job), progress: 0.25 });
    expect(leaseSeconds).toBe(30);
    const next = await leaseJob(service);
    expect(next.id).not.toBe(job.id);
    const rendition = (await getAsset(service, editor, assetId)).renditions.find(({ name }) => name === jobName(job));
    expect(rendition).toMatchObject({ progress: 0.25, attempt: 1, state: JobState.JOB_STATE_RUNNING });
  });

  it('returns new URLs for the same objects until the job is completed', async () => {
    await uploadAsset(service, editor);
    await completeJob(service, await leaseJob(service));
    const job = await leaseJob(service);
    const { sourceUrl, outputUrl } = await service.transcode.renewJobUrls(toLease(job));
    expect((await fetch(sourceUrl)).status).toBe(200);
    expect(new URL(sourceUrl).pathname).toBe(new URL(job.sourceUrl).pathname);
    await completeJob(service, { ...job, outputUrl });
    await expect(service.transcode.renewJobUrls(toLease(job))).rejects.toMatchObject(LEASE_LOST);
  });

  it('completes a job once when the worker repeats the report, also concurrently', async () => {
    const { id: assetId } = await uploadAsset(service, editor);
    const probe = await leaseJob(service);
    await Promise.all([1, 2, 3].map(() => completeJob(service, probe)));
    await completeJob(service, probe);
    expect((await getAsset(service, editor, assetId)).renditions).toHaveLength(5);
    const job = await leaseJob(service);
    const rendition = await putOutput(job);
    const complete = () =>
      service.transcode.completeJob({ ...toLease(job), result: { $case: 'rendition', rendition } });
    await Promise.all([complete(), complete()]);
    await complete();
    const succeeded = (await getAsset(service, editor, assetId)).renditions.filter(
      ({ state }) => state === JobState.JOB_STATE_SUCCEEDED,
    );
    expect(succeeded).toMatchObject([{ name: jobName(job), progress: 1 }]);
  });

  it('rejects a result without stored bytes and a result of another kind', async () => {
    await uploadAsset(service, editor);
    const probe = await leaseJob(service);
    const rendition = {
      sizeBytes: 900,
      initSegment: { offset: 0, length: 100 },
      segments: [{ durationUs: 1, byteRange: { offset: 100, length: 800 } }],
    };
    const completeAsRendition = (job: transcodeV1.Job, result = rendition) =>
      service.transcode.completeJob({ ...toLease(job), result: { $case: 'rendition', rendition: result } });
    const REQUEST_INVALID = { code: 'REQUEST_INVALID' };
    await expect(completeAsRendition(probe)).rejects.toMatchObject(REQUEST_INVALID);
    await completeJob(service, probe);
    const job = await leaseJob(service);
    await expect(completeAsRendition(job)).rejects.toMatchObject(REQUEST_INVALID);
    const stored = await putOutput(job);
    await expect(completeAsRendition(job, { ...rendition, sizeBytes: 901 })).rejects.toMatchObject(REQUEST_INVALID);
    await expect(completeAsRendition(job, { ...rendition, sizeBytes: 899 })).rejects.toMatchObject(REQUEST_INVALID);
    await service.transcode.completeJob({ ...toLease(job), result: { $case: 'rendition', rendition: stored } });
  });

  it('rejects a probe whose size exceeds the limits of a source', async () => {
    await uploadAsset(service, editor);
    const job = await leaseJob(service);
    for (const change of [{ width: 4_098 }, { height: 100_000 }, { width: 2, height: 2 }]) {
      await expect(completeJob(service, job, { ...PROBE_RESULT, ...change })).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
    }
  });

  it('returns a released job to the queue without counting the attempt', async () => {
    await uploadAsset(service, editor);
    for (const _ of [1, 2, 3, 4, 5]) {
      const job = await leaseJob(service);
      expect(job.attempt).toBe(1);
      await service.transcode.releaseJob(toLease(job));
      await expect(service.transcode.heartbeatJob({ ...toLease(job), progress: 0 })).rejects.toMatchObject(LEASE_LOST);
    }
  });

  it('waits for a job when the queue is empty', async () => {
    const leasing = service.transcode.leaseJob({ workerId: 'waiting', waitSeconds: 10 });
    const { id: assetId } = await uploadAsset(service, editor);
    expect((await leasing).job?.assetId).toBe(assetId);
  });

  it('rejects invalid requests and unknown tokens', async () => {
    await expect(service.transcode.leaseJob({ workerId: '', waitSeconds: 11 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'workerId' }, { path: 'waitSeconds' }],
    });
    const unknown = { jobId: randomUUID(), leaseToken: randomUUID() };
    await expect(service.transcode.heartbeatJob({ ...unknown, progress: 0 })).rejects.toMatchObject(LEASE_LOST);
    await expect(service.transcode.completeJob({ ...unknown, result: undefined })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
