import type { ByteSource } from '@viernes/title-csv';
import { createReadStream } from 'node:fs';

export function toByteSource(path: string): ByteSource {
  return { read: (start, signal) => createReadStream(path, { start, signal }) as AsyncIterable<Buffer> };
}
