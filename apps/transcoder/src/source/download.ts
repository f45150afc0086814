import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@nestjs/common';
import type { PresignedUrl } from '../object-storage/presigned-url.js';
import { fetchObject, requestWithRetry, StorageUnavailableError } from '../object-storage/request-with-retry.js';

export interface Download {
  readonly url: PresignedUrl;
  readonly path: string;
  /** The exact size of the object. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * Writes an object to disk. `path` exists only after the download is complete. Retries for as long as object storage is
 * unavailable.
 *
 * @throws Error if the object is missing or does not have `sizeBytes`; the signal's reason if it aborts
 */
export async function download(options: Download): Promise<void> {
  await requestWithRetry(options.url, (url) => downloadOnce(url, options), options);
}

async function downloadOnce(url: string, { path, sizeBytes, signal }: Download): Promise<void> {
  const response = await fetchObject(url, { signal });
  if (!response.body) throw new Error('object storage returned a source without a body');
  const partialPath = `${path}.partial`;
  const limiter = createByteLimiter(sizeBytes);
  await pipeline(readBody(response.body), limiter.transform, createWriteStream(partialPath), { signal });
  if (limiter.countedBytes() !== sizeBytes) {
    throw new Error(`the source has ${limiter.countedBytes()} bytes instead of ${sizeBytes}`);
  }
  await rename(partialPath, path);
}

/** Distinguishes a broken connection, which is retried, from an error of the local disk. */
async function* readBody(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new StorageUnavailableError('object storage closed the connection during a download', { cause });
  }
}

/** Fails the stream after `maxBytes`, so that a source cannot fill the disk. */
function createByteLimiter(maxBytes: number): { readonly transform: Transform; readonly countedBytes: () => number } {
  let counted = 0;
  const transform = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      counted += bytes.byteLength;
      if (counted > maxBytes) done(new Error(`the source has more than ${maxBytes} bytes`));
      else done(null, bytes);
    },
  });
  return { transform, countedBytes: () => counted };
}
