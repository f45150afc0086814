import type { JobProgress } from './job-progress.js';

/** The reason of the abort signal of a job that ends without a result. */
export class JobStopped extends Error {
  constructor(readonly reason: 'lease-lost' | 'shutdown') {
    super(`job stopped: ${reason}`);
    this.name = 'JobStopped';
  }
}

/** Time that remains after the stop for reporting the job. */
const REPORT_MS = 3_000;

/**
 * Stops a job during shutdown: immediately, or at the end of the drain if the job should finish before that.
 *
 * @param drainMs DRAIN_TIMEOUT_MS
 * @returns a function that cancels the stop
 */
export function stopAtShutdown(
  shutdown: AbortSignal,
  progress: JobProgress,
  drainMs: number,
  stop: AbortController,
): () => void {
  const availableMs = Math.max(0, drainMs - REPORT_MS);
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    const delayMs = progress.remainingMs(performance.now()) < availableMs ? availableMs : 0;
    timer = setTimeout(() => stop.abort(new JobStopped('shutdown')), delayMs);
  };
  if (shutdown.aborted) begin();
  else shutdown.addEventListener('abort', begin, { once: true });
  return () => {
    shutdown.removeEventListener('abort', begin);
    clearTimeout(timer);
  };
}
