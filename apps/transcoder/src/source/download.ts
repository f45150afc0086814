import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { askStore, expectOk } from '../store/ask-store.js';

export interface Download {
  readonly url: string;
  readonly path: string;
  /** Exactly as many bytes must come. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Writes a source to disk; `path` appears only when it is complete. Tries again where the store is away.
 *
 * @throws Error where it stays away, refuses, or the bytes are not as many as declared
 */
export async function download(wanted: Download): Promise<void> {
  await askStore(() => attempt(wanted), wanted.signal);
}

async function attempt({ url, path, sizeBytes, signal }: Download): Promise<void> {
  const response = await fetch(url, { signal, redirect: 'error' });
  await expectOk(response, 'the GET of a source');
  if (!response.body) throw new Error('the store answers the GET of a source without a body');
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
