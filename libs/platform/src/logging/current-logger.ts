import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from './logger.js';

const storage = new AsyncLocalStorage<Logger>();

/** Returns the logger of the running application, undefined if the process has only one application. */
export function findLogger(): Logger | undefined {
  return storage.getStore();
}

/** Runs work, and everything that it starts, with this logger behind the `Logger` of Nest. */
export function runWithLogger<Result>(logger: Logger, work: () => Result): Result {
  return storage.run(logger, work);
}
