/** A file that can be read several times, from any byte. */
export interface ByteSource {
  read(startByte: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** A line with its line break. A CR at the end of the text can be the start of CRLF. */
const LINE = /^[^\r\n]*(?:\n|\r\n|\r(?=[^\n]))/;
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
  let text = '';
  // Only the new text is searched, because a line can be as long as the file.
  let rest = '';
  for await (const chunk of source.read(startByte)) {
    rest += decoder.decode(chunk, { stream: true });
    const [end] = LINE.exec(rest) ?? [];
    if (end !== undefined) return text + end;
    const searched = rest.endsWith('\r') ? rest.length - 1 : rest.length;
    text += rest.slice(0, searched);
    rest = rest.slice(searched);
  }
  return text + rest + decoder.decode();
}
