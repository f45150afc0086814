import 'reflect-metadata';
import { Shutdown } from '@viernes/platform';
import { RebuildRejectedError, type Projection } from './projection.js';
import { rebuild, type OnProgress, type RebuildOptions } from './rebuild.js';

const PROGRESS_INTERVAL_MS = 1_000;

export interface RebuildCommand extends Omit<RebuildOptions, 'projection'> {
  readonly projections: readonly Projection[];
  /** Must contain exactly the name of one projection. */
  readonly args: readonly string[];
  readonly print: (line: string) => void;
}

/**
 * Runs the command that rebuilds a projection of a service. SIGINT and SIGTERM stop it without a change.
 * @returns the exit code: 0 done, 1 rejected or stopped, 2 invalid arguments
 */
export async function runRebuild(command: RebuildCommand): Promise<number> {
  const { projections, args, print, ...options } = command;
  const { service } = options;
  const projection = projections.find(({ name }) => name === args[0]);
  if (!projection || args.length !== 1) {
    print(`Specify one projection of ${service}: ${projections.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const shutdown = new Shutdown();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => shutdown.begin());
  try {
    const startedAt = performance.now();
    const result = await rebuild({ ...options, projection }, shutdown, createProgress(print));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(
      `Rebuilt ${projection.name} of ${service} in ${seconds} s: ${result.eventsApplied} events, ${result.rows} rows, ` +
        `${result.eventsOmitted} events omitted. The handlers of the service were blocked for ${result.lockedMs} ms.`,
    );
    return 0;
  } catch (error) {
    if (shutdown.signal.aborted) print('Stopped. Nothing has changed.');
    else if (error instanceof RebuildRejectedError) print(`Rejected: ${error.message}. Nothing has changed.`);
    else throw error;
    return 1;
  }
}

function createProgress(print: (line: string) => void): OnProgress {
  let printedAt = performance.now();
  return (remaining, total) => {
    if (performance.now() - printedAt < PROGRESS_INTERVAL_MS) return;
    printedAt = performance.now();
    print(`${total - remaining} of ${total} events read`);
  };
}
