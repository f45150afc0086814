import { Injectable, Logger } from '@nestjs/common';
import { newTraceId, runInContext, runPeriodically } from '@viernes/platform';
import type { DataSource } from 'typeorm';
import type { DatabaseOptions } from './database-options.js';
import { migrate } from './migrate.js';
import type { Replica } from './replica/replica.js';

const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 3_000;
const MEASURE_INTERVAL_MS = 1_000;

/**
 * The database connection of this process. Connects and migrates in the background, then checks the connection
 * regularly, and the lag of the replica if there is one.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger('Database');
  private readonly stopping = new AbortController();
  private readonly ready: Promise<void>;
  private resolveReady: () => void = () => undefined;
  private rejectReady: (reason: Error) => void = () => undefined;
  private state: true | string = 'connecting';
  private watching: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    readonly options: DatabaseOptions,
    private readonly replica?: Replica,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.resolveReady = resolve;
      this.rejectReady = reject;
    });
    // A process can stop before its database is ready, while no caller waits for it.
    this.ready.catch(() => undefined);
  }

  /** True, or the reason why the database cannot be used now. */
  get readiness(): true | string {
    return this.state;
  }

  /** Resolves once the database is connected and migrated. Rejects if the process stops before that. */
  whenReady(): Promise<void> {
    return this.ready;
  }

  /** Returns a periodic task that does nothing while the database is unavailable, so that an outage is logged once. */
  whileReady(run: (signal: AbortSignal) => Promise<unknown>): (signal: AbortSignal) => Promise<void> {
    return async (signal) => {
      if (this.state === true) await run(signal);
    };
  }

  start(): void {
    const { signal } = this.stopping;
    const onError = (error: unknown): void => this.setUnavailable(error);
    const connecting = runPeriodically({ intervalMs: PING_INTERVAL_MS, signal, onError }, () => this.connectOrPing());
    this.watching = Promise.all([connecting, this.measureReplica(signal)]);
  }

  /** Waits for the transactions in progress, then closes the pool. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.state = 'stopped';
    this.rejectReady(new Error('the process stopped before its database was ready'));
    await this.watching;
    await this.replica?.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async connectOrPing(): Promise<void> {
    if (this.dataSource.isInitialized) await this.ping('SELECT 1');
    else {
      const migrations = await migrate(this.options, this.stopping.signal);
      if (migrations.length > 0) this.logger.log({ migrations }, 'migrated');
      await this.dataSource.initialize();
    }
    if (this.state !== true && !this.stopping.signal.aborted) this.setReady();
  }

  private async measureReplica(signal: AbortSignal): Promise<void> {
    const { replica } = this;
    if (!replica) return;
    const readPrimary = async (): Promise<string> => {
      const [row] = await this.ping<{ lsn: string }[]>('SELECT pg_current_wal_flush_lsn() AS lsn');
      return row?.lsn ?? '';
    };
    // Only the primary can cause an error, which the other loop logs.
    const onError = (): void => undefined;
    await runPeriodically({ intervalMs: MEASURE_INTERVAL_MS, signal, onError }, () => replica.measure(readPrimary));
  }

  /**
   * Runs a statement with a deadline: without one, an unresponsive server would go unnoticed for 30 s. Raw SQL: the
   * query builder has no SELECT without a table.
   */
  private ping<Rows>(sql: string): Promise<Rows> {
    const context = { traceId: newTraceId(), deadlineAt: Date.now() + PING_TIMEOUT_MS };
    return runInContext(context, () => this.dataSource.query<Rows>(sql));
  }

  private setReady(): void {
    this.state = true;
    this.resolveReady();
    this.logger.log('database is ready');
  }

  /** Logs each reason once, not once per attempt. */
  private setUnavailable(error: unknown): void {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (this.state !== reason) this.logger.warn({ reason }, 'waiting for the database');
    this.state = reason;
  }
}
