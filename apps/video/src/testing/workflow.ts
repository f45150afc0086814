import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { transcodeV1, videoV1 } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import type { TestVideo } from './test-video.js';

/** 720p with audio: the rungs 240p, 360p, 480p, and 720p, and the audio. */
export const PROBE_RESULT: transcodeV1.ProbeResult = {
  demuxer: 'mov',
  durationMs: 8_000,
  width: 1280,
  height: 720,
  frameRateNumerator: 24,
  frameRateDenominator: 1,
  videoCodec: 'h264',
  hasAudio: true,
};

export interface UploadOptions {
  readonly titleId?: string;
  readonly bytes?: Buffer;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function startUpload(
  service: TestVideo,
  editor: Caller,
  { titleId = randomUUID(), bytes = randomBytes(1000) }: UploadOptions = {},
): Promise<videoV1.Upload> {
  const request = { titleId, fileName: 'film.mp4', sizeBytes: bytes.length, sha256: sha256(bytes) };
  const { upload } = await service.as(editor, () => service.video.startUpload(request));
  if (!upload) throw new Error('the response contains no upload');
  return upload;
}

/** Sends parts to their presigned URLs, as a browser does, or as the edge does if browsers do not reach object storage. */
export async function putParts(
  service: TestVideo,
  editor: Caller,
  upload: videoV1.Upload,
  bytes: Buffer,
  partNumbers = Array.from({ length: upload.partCount }, (_, index) => index + 1),
): Promise<void> {
  const { parts } = await service.as(editor, () =>
    service.video.presignUploadParts({ uploadId: upload.id, partNumbers }),
  );
  for (const { partNumber, token, sizeBytes, ...part } of parts) {
    const request = { uploadId: upload.id, partNumber, token };
    const url = part.url || (await service.video.getPartLocation(request)).url;
    const first = (partNumber - 1) * upload.partSizeBytes;
    const body = new Uint8Array(bytes.subarray(first, first + sizeBytes));
    const { status } = await fetch(url, { method: 'PUT', body });
    if (status !== 200) throw new Error(`the PUT of part ${partNumber} returned ${status}`);
  }
}

/** Uploads a source. Its content does not matter, because no worker of these tests reads it. */
export async function uploadAsset(
  service: TestVideo,
  editor: Caller,
  options: UploadOptions = {},
): Promise<videoV1.Asset> {
  const bytes = options.bytes ?? randomBytes(1000);
  const upload = await startUpload(service, editor, { ...options, bytes });
  await putParts(service, editor, upload, bytes);
  const { asset } = await service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
  if (!asset) throw new Error('the response contains no asset');
  return asset;
}

export async function getAsset(service: TestVideo, editor: Caller, assetId: string): Promise<videoV1.Asset> {
  const { asset } = await service.as(editor, () => service.video.getAsset({ assetId }));
  if (!asset) throw new Error('the response contains no asset');
  return asset;
}

export async function leaseJob(service: TestVideo, workerId = 'worker'): Promise<transcodeV1.Job> {
  const { job } = await service.transcode.leaseJob({ workerId, waitSeconds: 5 });
  if (!job) throw new Error('the queue is empty');
  return job;
}

/** Returns the fields that identify a lease in the worker's requests. */
export function toLease({ id, leaseToken }: transcodeV1.Job): { jobId: string; leaseToken: string } {
  return { jobId: id, leaseToken };
}

/** Returns the name of a job: `probe`, `240p`, `audio`. */
export function jobName({ spec }: transcodeV1.Job): string {
  return spec?.$case === 'video' ? spec.video.name : (spec?.$case ?? 'none');
}

/** Expires a lease, as if its worker had sent no heartbeat for LEASE_SECONDS. */
export async function expireLease({ database }: TestVideo, jobId: string): Promise<void> {
  await database.query('UPDATE transcode_job SET lease_expires_at = now() WHERE id = $1', [jobId]);
}

export async function failJob(
  { transcode }: TestVideo,
  job: transcodeV1.Job,
  isRetryable: boolean,
  code = 'TRANSCODE_FAILED',
): Promise<void> {
  await transcode.failJob({ ...toLease(job), code, isRetryable });
}

/** Completes a job as a worker does: uploads an output and reports its segments. */
export async function completeJob(
  service: TestVideo,
  job: transcodeV1.Job,
  probe: transcodeV1.ProbeResult = PROBE_RESULT,
): Promise<void> {
  const result =
    job.spec?.$case === 'probe'
      ? ({ $case: 'probe', probe } as const)
      : { $case: 'rendition' as const, rendition: await putOutput(job) };
  await service.transcode.completeJob({ ...toLease(job), result });
}

export async function putOutput(job: transcodeV1.Job): Promise<transcodeV1.RenditionResult> {
  const bytes = randomBytes(900);
  const { status } = await fetch(job.outputUrl, { method: 'PUT', body: new Uint8Array(bytes) });
  if (status !== 200) throw new Error(`the PUT of the output returned ${status}`);
  return {
    sizeBytes: bytes.length,
    initSegment: { offset: 0, length: 100 },
    segments: [
      { durationUs: 4_000_000, byteRange: { offset: 100, length: 400 } },
      { durationUs: 4_000_000, byteRange: { offset: 500, length: 400 } },
    ],
  };
}

/** Completes jobs until the queue is empty. @returns their names, in order */
export async function completeAllJobs(
  service: TestVideo,
  probe: transcodeV1.ProbeResult = PROBE_RESULT,
): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const { job } = await service.transcode.leaseJob({ workerId: 'worker', waitSeconds: 0 });
    if (!job) return names;
    names.push(jobName(job));
    await completeJob(service, job, probe);
  }
}
