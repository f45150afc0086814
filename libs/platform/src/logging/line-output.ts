import { pino } from 'pino';

const BATCH_LENGTH = 32 * 1024;
const MAX_DELAY_MS = 100;

/**
 * Standard output that collects lines and writes them together, after 32 KiB or 100 ms. The buffer of pino's destination
 * measures all collected text for each line, which costs as much as the write that it saves.
 */
class LineOutput {
  private readonly output = pino.destination({ dest: 1, sync: true });
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;

  write(line: string): void {
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= BATCH_LENGTH) this.flushSync();
    else this.timer ??= setTimeout(() => this.flushSync(), MAX_DELAY_MS).unref();
  }

  /** pino calls this after a fatal line. */
  flushSync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const batch = this.lines.join('');
    this.lines = [];
    this.length = 0;
    this.output.write(batch);
  }
}

let shared: LineOutput | undefined;

/** Returns the output that all loggers of the process share. It is flushed when the process exits. */
export function lineOutput(): LineOutput {
  if (!shared) {
    const output = new LineOutput();
    process.once('exit', () => output.flushSync());
    shared = output;
  }
  return shared;
}
