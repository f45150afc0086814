import type { Schema } from '@viernes/api-client';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { Problem } from '../api/problem.js';
import { missingParts, partRange, toGroups } from './parts.js';
import { putPart } from './put-part.js';
import { presignParts } from './upload-requests.js';

const PARALLEL_PARTS = 4;
/** Presigned URLs expire, so they are requested in small groups, shortly before they are used. */
const URLS_PER_REQUEST = 8;
const RETRIES = 5;

/**
 * Uploads every missing part, several in parallel. Retries each request with back-off, and a part with a new presigned URL.
 * @param onSent receives the number of bytes of the file that are stored or in flight
 * @throws Problem if a part cannot be stored, or the reason of the signal
 */
export async function sendParts(
  file: File,
  upload: Schema<'Upload'>,
  onSent: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const stopped = AbortSignal.any([signal, failed.signal]);
  const sent = new Map(upload.uploadedParts.map((part) => [part.partNumber, part.sizeBytes]));
  const recordSent = (partNumber: number, sentBytes: number): void => {
    sent.set(partNumber, sentBytes);
    onSent([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  };
  onSent([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));

  const retry = <Result>(run: (attemptNumber: number) => Promise<Result>): Promise<Result> =>
    pRetry(run, {
      retries: RETRIES,
      minTimeout: 500,
      maxTimeout: 15_000,
      randomize: true,
      signal: stopped,
      shouldRetry: ({ error }) => isRetryable(error),
    });

  const sendPart = async (partNumber: number, firstUrl: string): Promise<void> => {
    const [start, end] = partRange(upload, partNumber);
    const bytes = file.slice(start, end);
    await retry(async (attemptNumber) => {
      const url = attemptNumber === 1 ? firstUrl : await presignPart(upload.id, partNumber, stopped);
      await putPart(url, bytes, (sentBytes) => recordSent(partNumber, sentBytes), stopped);
      recordSent(partNumber, bytes.size);
    });
  };

  const limit = pLimit(PARALLEL_PARTS);
  try {
    for (const group of toGroups(missingParts(upload), URLS_PER_REQUEST)) {
      const { parts } = await retry(() => presignParts(upload.id, group, stopped));
      await Promise.all(parts.map(({ partNumber, url }) => limit(() => sendPart(partNumber, url))));
    }
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

async function presignPart(uploadId: string, partNumber: number, signal: AbortSignal): Promise<string> {
  const { parts } = await presignParts(uploadId, [partNumber], signal);
  const [part] = parts;
  if (!part) throw new Problem({ title: 'No URL for the part', status: 500, code: 'INTERNAL' });
  return part.url;
}

/** A rejected part can have an expired URL. Other errors below 500 are final, for example a closed upload. */
function isRetryable(error: Error): boolean {
  if (!(error instanceof Problem)) return false;
  return error.status === 0 || error.status >= 500 || error.status === 429 || error.code === 'PART_REJECTED';
}
