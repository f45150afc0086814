import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, statSync, watchFile } from 'node:fs';

const ROTATE_AT_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 15;
const FOLLOW_INTERVAL_MS = 200;

/** Renames a large log and replaces the previously renamed one. Call it only while no process writes to the log. */
export function rotateLog(path: string): void {
  if (sizeBytes(path) > ROTATE_AT_BYTES) renameSync(path, `${path}.1`);
}

/** Returns the last lines of a log, indented. */
export function tailLog(path: string): string {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [''];
  return `    ${lines.slice(-TAIL_LINES).join('\n    ')}`;
}

/** Calls `onLine` for each complete line that is appended to the log. The log does not need to exist yet. */
export function followLog(path: string, onLine: (line: string) => void): void {
  let position = sizeBytes(path);
  let rest = '';
  watchFile(path, { interval: FOLLOW_INTERVAL_MS }, ({ size }) => {
    if (size < position) position = 0;
    if (size === position) return;
    const lines = (rest + read(path, position, size)).split('\n');
    position = size;
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

function sizeBytes(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function read(path: string, from: number, to: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(to - from);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
  }
}
