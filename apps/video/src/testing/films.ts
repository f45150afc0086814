import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { transcodeV1, videoV1 } from '@viernes/contracts';
import type { Actor, RunningVideo } from './video-service.js';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface FilmOptions {
  readonly titleId?: string;
  readonly bytes?: Buffer;
}

export async function startUpload(
  running: RunningVideo,
  editor: Actor,
  { titleId = randomUUID(), bytes = randomBytes(1000) }: FilmOptions = {},
): Promise<videoV1.Upload> {
  const request = { titleId, fileName: 'film.mp4', sizeBytes: bytes.length, sha256: sha256(bytes) };
  const { upload } = await running.as(editor, () => running.video.startUpload(request));
  if (!upload) throw new Error('no upload was answered');
  return upload;
}

/** Sends these parts of a file to their signed addresses, as a browser would, or the edge where browsers cannot. */
export async function putParts(
  running: RunningVideo,
  editor: Actor,
  upload: videoV1.Upload,
  bytes: Buffer,
  partNumbers = Array.from({ length: upload.partCount }, (_, index) => index + 1),
): Promise<void> {
  const { parts } = await running.as(editor, () =>
    running.video.presignUploadParts({ uploadId: upload.id, partNumbers }),
  );
  for (const { partNumber, token, sizeBytes, ...part } of parts) {
    const location = { uploadId: upload.id, partNumber, token };
    const url = part.url || (await running.video.getPartLocation(location)).url;
    const first = (partNumber - 1) * upload.partSizeBytes;
    const body = new Uint8Array(bytes.subarray(first, first + sizeBytes));
    const { status } = await fetch(url, { method: 'PUT', body });
    if (status !== 200) throw new Error(`part ${partNumber} was answered ${status}`);
  }
}

/** A stored and checked source. What it holds does not matter: in these tests no worker looks into it. */
export async function uploadFilm(
  running: RunningVideo,
  editor: Actor,
  options: FilmOptions = {},
): Promise<videoV1.Asset> {
  const bytes = options.bytes ?? randomBytes(1000);
  const upload = await startUpload(running, editor, { ...options, bytes });
  await putParts(running, editor, upload, bytes);
  const { asset } = await running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
  if (!asset) throw new Error('no asset was answered');
  return asset;
}

/** 720p with sound: rungs 240p, 360p, 480p and 720p, and the audio. */
export const PROBE: transcodeV1.ProbeResult = {
  demuxer: 'mov',
  durationMs: 8_000,
  width: 1280,
  height: 720,
  frameRateNumerator: 24,
  frameRateDenominator: 1,
  videoCodec: 'h264',
  hasAudio: true,
};

export async function leaseJob(running: RunningVideo, workerId = 'worker'): Promise<transcodeV1.Job> {
  const { job } = await running.transcode.leaseJob({ workerId, waitSeconds: 5 });
  if (!job) throw new Error('no job was there to lease');
  return job;
}

/** What a worker names its job by. */
export function tokensOf({ id, leaseToken }: transcodeV1.Job): { jobId: string; leaseToken: string } {
  return { jobId: id, leaseToken };
}

/** As when the worker's heartbeats stay away for LEASE_SECONDS. */
export async function expireLease({ database }: RunningVideo, jobId: string): Promise<void> {
  await database.query('UPDATE transcode_jobs SET lease_expires_at = now() WHERE id = $1', [jobId]);
}

export async function failJob(
  { transcode }: RunningVideo,
  job: transcodeV1.Job,
  isRetryable: boolean,
  code = 'TRANSCODE_FAILED',
): Promise<void> {
  await transcode.failJob({ ...tokensOf(job), code, isRetryable });
}

export async function getAsset(running: RunningVideo, editor: Actor, assetId: string): Promise<videoV1.Asset> {
  const { asset } = await running.as(editor, () => running.video.getAsset({ assetId }));
  if (!asset) throw new Error('no asset was answered');
  return asset;
}

/** Does what a worker does: stores bytes at the output address and says where the segments are. */
export async function finishJob(
  running: RunningVideo,
  job: transcodeV1.Job,
  probe: transcodeV1.ProbeResult = PROBE,
): Promise<void> {
  const { id: jobId, leaseToken } = job;
  const result =
    job.spec?.$case === 'probe'
      ? ({ $case: 'probe', probe } as const)
      : { $case: 'rendition' as const, rendition: await store(job) };
  await running.transcode.completeJob({ jobId, leaseToken, result });
}

export async function store(job: transcodeV1.Job): Promise<transcodeV1.RenditionResult> {
  const bytes = randomBytes(900);
  const { status } = await fetch(job.outputUrl, { method: 'PUT', body: new Uint8Array(bytes) });
  if (status !== 200) throw new Error(`the output address answered ${status}`);
  return {
    sizeBytes: bytes.length,
    initSegment: { offset: 0, length: 100 },
    segments: [
      { durationUs: 4_000_000, byteRange: { offset: 100, length: 400 } },
      { durationUs: 4_000_000, byteRange: { offset: 500, length: 400 } },
    ],
  };
}

/** Works until the queue is empty. @returns what was made, in order: `probe`, `240p`, `audio` ... */
export async function workAll(running: RunningVideo, probe: transcodeV1.ProbeResult = PROBE): Promise<string[]> {
  const made: string[] = [];
  for (;;) {
    const { job } = await running.transcode.leaseJob({ workerId: 'worker', waitSeconds: 0 });
    if (!job) return made;
    made.push(nameOf(job));
    await finishJob(running, job, probe);
  }
}

export function nameOf({ spec }: transcodeV1.Job): string {
  return spec?.$case === 'video' ? spec.video.name : (spec?.$case ?? 'none');
}
