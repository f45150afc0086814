import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { toReadError } from '../file-errors.js';
import { UsageError } from '../settings.js';

const NEWLINE = 0x0a;
/** A file with a longer line is rejected, because a line is decoded as one piece. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const UTF16_MARKS = ['feff', 'fffe'];

export interface InspectedFile {
  readonly sizeBytes: number;
  /** SHA-256 of the content. Identifies the file when an import is resumed. */
  readonly sha256: string;
}

/**
 * Reads the complete file once, so that an import does not stop at an unreadable line after thousands of titles.
 *
 * @throws UsageError if it cannot be read, is not a file, is empty, or is not text in UTF-8
 */
export async function inspectFile(path: string): Promise<InspectedFile> {
  try {
    const sizeBytes = await requireFile(path);
    return { sizeBytes, sha256: await verifyText(path) };
  } catch (error) {
    throw error instanceof UsageError ? error : toReadError(path, error);
  }
}

/** @returns the size in bytes */
async function requireFile(path: string): Promise<number> {
  const stats = await stat(path);
  if (stats.isDirectory()) throw new UsageError(`${path} is a folder. Pass the path of a CSV file.`);
  if (!stats.isFile())
    throw new UsageError(`${path} is not a regular file. Pass one, because an import reads its file twice.`);
  if (stats.size === 0) throw new UsageError(`${path} is empty.`);
  return stats.size;
}

/** Reads all lines. @returns the SHA-256 of the content */
async function verifyText(path: string): Promise<string> {
  const hash = createHash('sha256');
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    const text = Buffer.concat([rest, chunk]);
    const end = text.lastIndexOf(NEWLINE) + 1;
    if (line === 1 && UTF16_MARKS.includes(text.subarray(0, 2).toString('hex'))) throw notUtf8(path, 1, 'UTF-16');
    line += requireUtf8(path, text.subarray(0, end), line);
    rest = text.subarray(end);
    if (rest.length > MAX_LINE_BYTES) throw new UsageError(`${path} has a line of more than 16 MiB: line ${line}.`);
  }
  requireUtf8(path, rest, line);
  return hash.digest('hex');
}

/** @returns the number of lines */
function requireUtf8(path: string, text: Buffer, firstLine: number): number {
  let lines = 0;
  for (let start = 0; start < text.length; lines += 1) {
    const next = text.indexOf(NEWLINE, start) + 1 || text.length;
    const line = text.subarray(start, next);
    if (!isUtf8(line) || line.includes(0)) throw notUtf8(path, firstLine + lines, 'WINDOWS-1252');
    start = next;
  }
  return lines;
}

function notUtf8(path: string, line: number, example: string): UsageError {
  return new UsageError(
    `${path} is not text in UTF-8: line ${line}. Convert it, for example: iconv -f ${example} -t UTF-8 ${path} > utf8.csv`,
  );
}
