import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const ROTATE_AT_BYTES = 20 * 1024 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 15;
const FOLLOW_MS = 200;

/** Moves a log that has grown large aside; the one moved before is dropped. Only while nobody writes to it. */
export function rotateLog(path: string): void {
  if (sizeOf(path) > ROTATE_AT_BYTES) renameSync(path, `${path}.1`);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines of a log, indented, for an error on the terminal. */
export function tailOf(path: string): string {
  const size = sizeOf(path);
  const text = read(path, Math.max(0, size - TAIL_BYTES), size);
  return text
    .trimEnd()
    .split('\n')
    .slice(-TAIL_LINES)
    .map((line) => `    ${line}`)
    .join('\n');
}

function read(path: string, from: number, to: number): string {
  if (to <= from) return '';
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(to, fstatSync(file).size) - from);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
  }
}

/**
 * Gives every whole line that is appended to a log from now on, also to one that does not exist yet.
 *
 * @returns a function that ends it
 */
export function followLog(path: string, onLine: (line: string) => void): () => void {
  let position = sizeOf(path);
  let rest = '';
  const timer = setInterval(() => {
    const size = sizeOf(path);
    if (size < position) position = 0;
    if (size === position) return;
    const lines = (rest + read(path, position, size)).split('\n');
    position = size;
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  }, FOLLOW_MS);
  return () => clearInterval(timer);
}
