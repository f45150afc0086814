import { setTimeout as delay } from 'node:timers/promises';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import type { BaseConfig } from '../config/base-env.js';
import { startHealthServer } from '../health/health-server.js';
import { Readiness } from '../health/readiness.js';
import { createLogger, type Logger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { PlatformModule } from './platform.module.js';
import { Shutdown } from './shutdown.js';

export interface ProcessParts {
  readonly logger: Logger;
  readonly nestLogger: NestLogger;
  readonly readiness: Readiness;
  /** To import into the root module. */
  readonly platform: DynamicModule;
}

export interface ProcessOptions {
  /** As in logs: `catalog`. */
  readonly name: string;
  readonly config: BaseConfig;
  /** Makes the Nest application and starts its listening. */
  readonly start: (parts: ProcessParts) => Promise<INestApplicationContext>;
}

/**
 * The life of every process: health first, then the application; on SIGTERM or SIGINT readiness goes off, work in flight
 * is finished within DRAIN_TIMEOUT_MS, exit code 0. A failed start or an error that nobody caught ends in exit code 1 with
 * the reason in the log: the supervisor starts it again from a known state.
 */
export async function runProcess({ name, config, start }: ProcessOptions): Promise<void> {
  const logger = createLogger(name, config.LOG_LEVEL);
  const readiness = new Readiness();
  const shutdown = new Shutdown();
  const fail = (reason: string) => (error: unknown) => {
    logger.fatal({ err: error }, reason);
    process.exit(1);
  };
  process.on('uncaughtException', fail('uncaught exception'));
  process.on('unhandledRejection', fail('unhandled rejection'));

  let application: INestApplicationContext | undefined;
  const stop = async (signal: string): Promise<void> => {
    logger.info({ signal }, 'draining');
    readiness.drain();
    shutdown.drain();
    await delay(config.DRAIN_DELAY_MS);
    shutdown.begin();
    const isDrained = await Promise.race([
      Promise.resolve(application?.close()).then(() => true),
      delay(config.DRAIN_TIMEOUT_MS, false, { ref: false }),
    ]);
    logger.info(isDrained ? 'stopped' : 'stopped with work cut off: DRAIN_TIMEOUT_MS is over');
    process.exit(0);
  };
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      stop(signal).catch(fail('shutdown failed'));
    });
  }

  let isListening = false;
  readiness.add('process', () => isListening || 'starting');
  collectDefaultMetrics({ eventLoopMonitoringPrecision: 50 });
  try {
    await startHealthServer(config.HEALTH_ADDRESS, readiness);
    const platform = PlatformModule.forProcess(readiness, shutdown);
    application = await start({ logger, nestLogger: new NestLogger(logger), readiness, platform });
    isListening = true;
    logger.info('listening');
  } catch (error) {
    fail('start failed')(error);
  }
}
