import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { Problem } from '../api/problem.js';
import type { Upload } from '../api/types.js';
import { inGroups, missingParts, partRange } from './parts.js';
import { putPart } from './put-part.js';
import { presignParts } from './upload-api.js';

const PARALLEL_PARTS = 4;
/** Addresses are signed for a while only, so they are asked for a few at a time, shortly before they are used. */
const SIGNED_AT_ONCE = 8;
const RETRIES = 5;

/**
 * Sends every part that has not arrived, several at a time, each retried with back-off and a fresh address.
 * @param onSent told the bytes of the whole file that have arrived or are on their way
 * @throws Problem when a part does not get through, DOMException AbortError when the signal says so
 */
export async function sendParts(
  file: File,
  upload: Upload,
  onSent: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const sent = new Map(upload.uploadedParts.map((part) => [part.partNumber, part.sizeBytes]));
  const tell = (): void => onSent([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  tell();

  const sendOne = async (partNumber: number, signedUrl: string): Promise<void> => {
    const [start, end] = partRange(upload, partNumber);
    const bytes = file.slice(start, end);
    const attempt = async (attemptNumber: number): Promise<void> => {
      const url = attemptNumber === 1 ? signedUrl : await freshUrl(upload.id, partNumber, either);
      await putPart(url, bytes, (sentBytes) => (sent.set(partNumber, sentBytes), tell()), either);
      sent.set(partNumber, bytes.size);
      tell();
    };
    await pRetry(attempt, {
      retries: RETRIES,
      minTimeout: 500,
      maxTimeout: 15_000,
      randomize: true,
      signal: either,
      shouldRetry: ({ error }) => isPassing(error),
    });
  };

  const limit = pLimit(PARALLEL_PARTS);
  try {
    for (const group of inGroups(missingParts(upload), SIGNED_AT_ONCE)) {
      const { parts } = await presignParts(upload.id, group, either);
      await Promise.all(parts.map(({ partNumber, url }) => limit(() => sendOne(partNumber, url))));
    }
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

async function freshUrl(uploadId: string, partNumber: number, signal: AbortSignal): Promise<string> {
  const { parts } = await presignParts(uploadId, [partNumber], signal);
  const [part] = parts;
  if (!part) throw new Problem({ title: 'No address for a part', status: 500, code: 'INTERNAL' });
  return part.url;
}

/** A refused address may have run out, everything else below 500 is final: the upload is closed, or not ours. */
function isPassing(error: Error): boolean {
  if (!(error instanceof Problem)) return false;
  return error.status === 0 || error.status >= 500 || error.status === 429 || error.code === 'PART_REFUSED';
}
