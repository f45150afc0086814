import type { JobProgress } from './job-progress.js';
import { JobStopped } from './job-stop.js';

/** What the report of a job needs at the end of a drain. */
const REPORT_MS = 3_000;

/**
 * Stops a job when the process drains: at once, unless its pace says that it will be done in time, and then no later
 * than the drain allows.
 *
 * @returns takes the watch away
 */
export function stopAtShutdown(
  shutdown: AbortSignal,
  progress: JobProgress,
  drainMs: number,
  stop: AbortController,
): () => void {
  const spareMs = Math.max(0, drainMs - REPORT_MS);
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    const patienceMs = progress.remainingMs(performance.now()) < spareMs ? spareMs : 0;
    timer = setTimeout(() => stop.abort(new JobStopped('shutdown')), patienceMs);
  };
  if (shutdown.aborted) begin();
  else shutdown.addEventListener('abort', begin, { once: true });
  return () => {
    shutdown.removeEventListener('abort', begin);
    clearTimeout(timer);
  };
}
