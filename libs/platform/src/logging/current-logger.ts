import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from './logger.js';

const storage = new AsyncLocalStorage<Logger>();

/** Returns the logger of the current `runWithLogger`, undefined outside of it. */
export function findLogger(): Logger | undefined {
  return storage.getStore();
}

/** Runs work, and everything that it starts, so that the `Logger` of Nest writes to this logger. */
export function runWithLogger<Result>(logger: Logger, work: () => Result): Result {
  return storage.run(logger, work);
}
