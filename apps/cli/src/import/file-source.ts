import type { ByteSource } from '@viernes/title-csv';
import { createReadStream } from 'node:fs';

export function toByteSource(path: string): ByteSource {
  return { name: path, read: (start, signal) => createReadStream(path, { start, signal }) as AsyncIterable<Buffer> };
}
