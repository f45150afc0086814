import 'reflect-metadata';
import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database } from '@viernes/database';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { RebuildRefusal, type Projection } from './projection.js';
import { Rebuild } from './rebuild.js';
import { RebuildModule } from './rebuild.module.js';

const TELL_EVERY_MS = 1_000;

export interface RebuildCommand {
  readonly service: string;
  readonly brokers: readonly string[];
  /** DatabaseModule.forRoot of the service. */
  readonly database: DynamicModule;
  readonly projections: readonly Projection[];
  /** The modules that provide their handlers. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** After the name of the program. */
  readonly args: readonly string[];
  readonly print: (line: string) => void;
}

/**
 * The command of a service that makes one of its projections again, in a process beside the service's own. SIGINT and
 * SIGTERM end it without a trace.
 *
 * @returns the exit code: 0 done, 1 refused, 2 not understood
 */
export async function runRebuild(command: RebuildCommand): Promise<number> {
  const { service, brokers, database, projections, imports, args, print } = command;
  const projection = projections.find(({ name }) => name === args[0]);
  if (!projection || args.length !== 1) {
    print(`What of ${service} is to be made again? There are: ${projections.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const shutdown = new Shutdown();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => shutdown.begin());
  const platform = PlatformModule.forProcess(new Readiness(), shutdown);
  const module = RebuildModule.forRoot({ service, brokers, projection }, imports);
  const app = await NestFactory.createApplicationContext(
    { module: class RebuildProcess {}, imports: [platform, database, module] },
    { logger: ['warn', 'error'] },
  );
  try {
    await app.get(Database).whenReady();
    const startedAt = performance.now();
    const result = await app.get(Rebuild).run(shutdown.signal, progress(print));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(
      `${projection.name} of ${service} made again in ${seconds} s: ${result.eventsApplied} events, ${result.rows} rows, ` +
        `${result.eventsLeftOut} events left out; the service's handlers were held for ${result.heldMs} ms`,
    );
    return 0;
  } catch (error) {
    if (shutdown.signal.aborted) print('stopped: nothing has changed');
    else if (error instanceof RebuildRefusal) print(`refused: ${error.message}; nothing has changed`);
    else throw error;
    return 1;
  } finally {
    await app.close();
  }
}

function progress(print: (line: string) => void): (left: number, total: number) => void {
  let toldAt = performance.now();
  return (left, total) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    print(`${total - left} of ${total} events read`);
  };
}
