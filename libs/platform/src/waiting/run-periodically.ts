import { retryDelayMs } from './backoff.js';
import { sleep } from './sleep.js';

const BASE_RETRY_MS = 200;
const MAX_RETRY_MS = 5_000;

export interface PeriodicOptions {
  /** Time from the end of one run to the start of the next, in milliseconds. */
  readonly intervalMs: number;
  /** Ends the loop. The run in progress receives it too. */
  readonly signal: AbortSignal;
  /** Called for each failed run. `attempt` counts the failures since the last success, from 1. */
  readonly onError: (error: unknown, attempt: number) => void;
  /** Spreads the runs of several replicas: each wait is uniform in [0.5, 1.5] times `intervalMs`. */
  readonly jitter?: boolean;
}

/**
 * Runs work immediately, and again `intervalMs` after each run. After a failure it retries with exponential back-off,
 * at most 5 s and at most `intervalMs` later.
 *
 * @returns once the signal is aborted and the run in progress has finished
 */
export async function runPeriodically(
  { intervalMs, signal, onError, jitter = false }: PeriodicOptions,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let waitMs = jitter ? intervalMs * (0.5 + Math.random()) : intervalMs;
    try {
      await work(signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onError(error, failures);
      waitMs = retryDelayMs(failures, BASE_RETRY_MS, Math.min(MAX_RETRY_MS, intervalMs));
    }
    await sleep(waitMs, signal);
  }
}
