import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** @returns the length of the byte order mark of UTF-8 at the start of a file, or 0 */
export async function readByteOrderMark(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(BYTE_ORDER_MARK.length), 0);
    return buffer.equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  } finally {
    await file.close();
  }
}

/** Returns the line that starts at a byte, with its line break. */
export async function readLine(path: string, startByte: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start: startByte }) as AsyncIterable<Buffer>) {
    const end = chunk.indexOf('\n') + 1;
    chunks.push(end > 0 ? chunk.subarray(0, end) : chunk);
    if (end > 0) break;
  }
  return Buffer.concat(chunks).toString();
}
