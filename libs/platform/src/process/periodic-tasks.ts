import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { newTraceId } from '../context/trace-parent.js';
import { runInContext } from '../context/request-context.js';
import { runPeriodically } from '../waiting/run-periodically.js';
import { Shutdown } from './shutdown.js';

export interface PeriodicTask {
  /** The name in logs: `upload cleanup`. */
  readonly name: string;
  /** Time from the end of one run to the start of the next, in milliseconds. */
  readonly intervalMs: number;
  /** Every replica runs it, possibly at the same time. The signal aborts at shutdown. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * Runs the periodic tasks of a process, each in a separate request context, from its start until it drains.
 * A failure is logged once per reason and retried. Shutdown waits for the runs in progress.
 */
@Injectable()
export class PeriodicTasks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PeriodicTasks.name);
  private readonly stopping = new AbortController();
  private readonly signal: AbortSignal;
  private readonly waiting: PeriodicTask[] = [];
  private readonly loops: Promise<void>[] = [];
  private isStarted = false;

  constructor(shutdown: Shutdown) {
    this.signal = AbortSignal.any([shutdown.signal, this.stopping.signal]);
  }

  /** Call it in a constructor, `onModuleInit`, or `onApplicationBootstrap`. */
  add(task: PeriodicTask): void {
    if (this.isStarted) this.start(task);
    else this.waiting.push(task);
  }

  onApplicationBootstrap(): void {
    this.isStarted = true;
    for (const task of this.waiting.splice(0)) this.start(task);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private start({ name: task, intervalMs, run }: PeriodicTask): void {
    let failure: string | undefined;
    const onError = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== failure) this.logger.warn({ task, err: error }, 'periodic task failed');
      failure = reason;
    };
    const work = async (signal: AbortSignal): Promise<void> => {
      await runInContext({ traceId: newTraceId() }, () => run(signal));
      failure = undefined;
    };
    this.loops.push(runPeriodically({ intervalMs, signal: this.signal, onError }, work));
  }
}
