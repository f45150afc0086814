import 'reflect-metadata';
import { Injectable, Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { eventually } from '@viernes/testing';
import { findContext } from '../context/request-context.js';
import { Readiness } from '../health/readiness.js';
import { sleep } from '../waiting/sleep.js';
import { PeriodicTasks } from './periodic-tasks.js';
import { PlatformModule } from './platform.module.js';
import { Shutdown } from './shutdown.js';

describe('periodic tasks', () => {
  const warnings: unknown[] = [];
  const ignore = (): void => undefined;
  const logger: LoggerService = {
    log: ignore,
    error: ignore,
    warn: (...parts: unknown[]) => void warnings.push(parts[0]),
  };

  beforeEach(() => void warnings.splice(0));
  afterAll(() => Logger.overrideLogger(false));

  const start = async (run: (signal: AbortSignal) => Promise<void>) => {
    @Injectable()
    class Cleanup {
      constructor(tasks: PeriodicTasks) {
        tasks.add({ name: 'cleanup', intervalMs: 5, run });
      }
    }
    const shutdown = new Shutdown();
    const imports = [PlatformModule.forProcess(new Readiness(), shutdown)];
    const app = await NestFactory.createApplicationContext(
      { module: class Root {}, imports, providers: [Cleanup] },
      { logger },
    );
    return { app, shutdown };
  };

  it('runs tasks repeatedly, each run in a separate trace', async () => {
    const traces = new Set<string | undefined>();
    const { app } = await start(async () => void traces.add(findContext()?.traceId));
    await eventually(() => traces.size >= 3);
    expect(traces).not.toContain(undefined);
    await app.close();
  });

  it('stops tasks when the process drains: closing waits for the run in progress, and no other run follows', async () => {
    let runs = 0;
    let isFinished = false;
    const { app, shutdown } = await start(async (signal) => {
      runs += 1;
      await sleep(60_000, signal);
      await sleep(20, new AbortController().signal);
      isFinished = true;
    });
    shutdown.begin();
    await app.close();
    expect({ runs, isFinished }).toEqual({ runs: 1, isFinished: true });
  });

  it('logs a failure once per reason, and again after a success', async () => {
    const outcomes = ['a', 'a', 'b', undefined, 'b'];
    let isOver = false;
    const { app } = await start(async () => {
      const outcome = outcomes.shift();
      isOver = outcomes.length === 0;
      if (outcome !== undefined) throw new Error(outcome);
    });
    await eventually(() => isOver && warnings.length >= 3);
    await app.close();
    expect(warnings).toEqual(['a', 'b', 'b'].map((reason) => ({ task: 'cleanup', err: new Error(reason) })));
  });
});
