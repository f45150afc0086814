/** A file that can be read several times, from any byte. */
export interface ByteSource {
  read(startByte: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NEWLINE = 0x0a;
const encoder = new TextEncoder();

/** Returns the length of a text in UTF-8, in bytes. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** @returns the length of the byte order mark of UTF-8 at the start of a file, or 0 */
export async function readByteOrderMark(source: ByteSource): Promise<number> {
  const start: number[] = [];
  for await (const chunk of source.read(0)) {
    start.push(...chunk.subarray(0, BYTE_ORDER_MARK.length));
    if (start.length >= BYTE_ORDER_MARK.length) break;
  }
  return BYTE_ORDER_MARK.every((byte, index) => start[index] === byte) ? BYTE_ORDER_MARK.length : 0;
}

/** Returns the line that starts at a byte, with its line break. */
export async function readLine(source: ByteSource, startByte: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let line = '';
  for await (const chunk of source.read(startByte)) {
    const end = chunk.indexOf(NEWLINE) + 1;
    line += decoder.decode(end > 0 ? chunk.subarray(0, end) : chunk, { stream: true });
    if (end > 0) break;
  }
  return line + decoder.decode();
}
