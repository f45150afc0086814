import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Large enough for speed, small enough for the memory of a phone. */
const CHUNK_BYTES = 4 * 1024 * 1024;

export type HashMessage = { readonly hashedBytes: number } | { readonly sha256: string } | { readonly error: string };

// Plain JavaScript, because WebAssembly needs 'wasm-unsafe-eval' in the content security policy of every page.
async function hash(file: File): Promise<void> {
  const digest = sha256.create();
  for (let offset = 0; offset < file.size; offset += CHUNK_BYTES) {
    const chunk = await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer();
    digest.update(new Uint8Array(chunk));
    postMessage({ hashedBytes: offset + chunk.byteLength } satisfies HashMessage);
  }
  postMessage({ sha256: bytesToHex(digest.digest()) } satisfies HashMessage);
}

addEventListener('message', ({ data }: MessageEvent<File>) => {
  hash(data).catch((error: unknown) => postMessage({ error: String(error) } satisfies HashMessage));
});
