import { createLogger } from '../logging/logger.js';
import { PlatformModule } from './platform.module.js';
import type { ProcessParts } from './run-process.js';
import { Shutdown } from './shutdown.js';

/**
 * Creates the parts of one of several applications in a process: a logger with its name, readiness checks with its name as
 * prefix, and a shutdown. Call `shutdown.begin` when the clients of the application have stopped.
 *
 * @param name appears in logs: `catalog`
 */
export function createApplicationParts(
  name: string,
  level: string,
  process: Pick<ProcessParts, 'readiness' | 'nestLogger'>,
  shutdown = new Shutdown(),
): ProcessParts {
  const readiness = process.readiness.forApplication(name);
  return {
    logger: createLogger(name, level),
    nestLogger: process.nestLogger,
    readiness,
    shutdown,
    platform: PlatformModule.forProcess(readiness, shutdown),
  };
}
