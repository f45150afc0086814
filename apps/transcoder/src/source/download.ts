import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import pRetry, { AbortError } from 'p-retry';

export interface Download {
  readonly url: string;
  readonly path: string;
  /** Exactly as many bytes must come. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
}

/** The store did not give what was promised; another try with the same address would not either. */
const REFUSED: readonly number[] = [400, 401, 403, 404];

/**
 * Writes a source to disk; `path` appears only when it is complete. Tries again where the store is away.
 *
 * @throws Error where it stays away, refuses, or the bytes are not as many as declared
 */
export async function download(wanted: Download): Promise<void> {
  await pRetry(() => attempt(wanted), {
    retries: 4,
    minTimeout: 200,
    maxTimeout: 3_000,
    randomize: true,
    signal: wanted.signal,
  });
}

async function attempt({ url, path, sizeBytes, signal }: Download): Promise<void> {
  const response = await fetch(url, { signal, redirect: 'error' });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const error = new Error(`the store answers ${response.status} to the GET of a source`);
    throw REFUSED.includes(response.status) ? new AbortError(error) : error;
  }
  const unfinished = `${path}.unfinished`;
  const counter = countUpTo(sizeBytes);
  await pipeline(Readable.fromWeb(response.body as ReadableStream), counter.transform, createWriteStream(unfinished), {
    signal,
  });
  if (counter.countedBytes() !== sizeBytes) {
    throw new Error(`a source of ${sizeBytes} bytes came as ${counter.countedBytes()}`);
  }
  await rename(unfinished, path);
}

function countUpTo(maxBytes: number): { readonly transform: Transform; readonly countedBytes: () => number } {
  let counted = 0;
  const transform = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      counted += bytes.byteLength;
      if (counted > maxBytes) done(new Error(`a source of ${maxBytes} bytes does not end`));
      else done(null, bytes);
    },
  });
  return { transform, countedBytes: () => counted };
}
