import { setTimeout as delay } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import type { BaseConfig } from '../config/base-env.js';
import { startHealthServer } from '../health/health-server.js';
import { Readiness } from '../health/readiness.js';
import { createLogger, type Logger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { startTracing, stopTracing } from '../tracing/tracing.js';
import { PlatformModule } from './platform.module.js';
import { Shutdown } from './shutdown.js';

export interface ProcessParts {
  readonly logger: Logger;
  readonly nestLogger: NestLogger;
  readonly readiness: Readiness;
  readonly shutdown: Shutdown;
  /** For the imports of the root module. */
  readonly platform: DynamicModule;
}

export interface RunningApplication {
  close(): Promise<void>;
}

export interface ProcessOptions {
  /** The name in logs: `catalog`. */
  readonly name: string;
  readonly config: BaseConfig;
  /** Creates the Nest application and starts to listen. `close` resolves once it has finished the work in progress. */
  readonly start: (parts: ProcessParts) => Promise<RunningApplication>;
}

/**
 * Runs a process: starts the health server, then the application. On SIGTERM or SIGINT it becomes unready, finishes the
 * work in progress within DRAIN_TIMEOUT_MS, and exits with code 0. After a failed start or an uncaught error it logs
 * the reason and exits with code 1, so that the supervisor restarts it from a known state.
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

  let application: RunningApplication | undefined;
  const stop = async (signal: string): Promise<void> => {
    logger.info({ signal }, 'draining');
    readiness.drain();
    shutdown.drain();
    await delay(config.DRAIN_DELAY_MS);
    shutdown.begin();
    const isDrained = await Promise.race([
      Promise.resolve(application?.close())
        .then(stopTracing)
        .then(() => true),
      delay(config.DRAIN_TIMEOUT_MS, false, { ref: false }),
    ]);
    if (isDrained) logger.info('stopped');
    else logger.warn({ drainTimeoutMs: config.DRAIN_TIMEOUT_MS }, 'stopped, work in progress aborted');
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
  startTracing({ service: name, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT });
  try {
    await startHealthServer(config.HEALTH_ADDRESS, readiness);
    const platform = PlatformModule.forProcess(readiness, shutdown);
    application = await start({ logger, nestLogger: new NestLogger(logger), readiness, shutdown, platform });
    isListening = true;
    logger.info('listening');
  } catch (error) {
    fail('start failed')(error);
  }
}
