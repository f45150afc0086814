import { Injectable, Logger } from '@nestjs/common';
import { newTraceId, sleep, retryDelayMs, runInContext } from '@viernes/platform';
import type { DataSource } from 'typeorm';
import type { DatabaseOptions } from './database-options.js';
import { migrate } from './migrate.js';

const PING_EVERY_MS = 5_000;
const PING_TIMEOUT_MS = 3_000;

/** The connection of this process: made in the background, for as long as it takes, and watched ever after. */
@Injectable()
export class Database {
  private readonly logger = new Logger('Database');
  private readonly stopping = new AbortController();
  private readonly firstReady: Promise<void>;
  private resolveReady: () => void = () => undefined;
  private rejectReady: (reason: Error) => void = () => undefined;
  private state: true | string = 'connecting';
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    readonly options: DatabaseOptions,
  ) {
    this.firstReady = new Promise((resolve, reject) => {
      this.resolveReady = resolve;
      this.rejectReady = reject;
    });
    // Nobody may be waiting when a process stops before its database came.
    this.firstReady.catch(() => undefined);
  }

  /** True, or why the database cannot be used now. */
  get readiness(): true | string {
    return this.state;
  }

  /** Settles once connected and migrated; rejects when the process stops before. */
  whenReady(): Promise<void> {
    return this.firstReady;
  }

  start(): void {
    this.watching = this.watch();
  }

  /** Waits for the transactions in flight, then closes the pool. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.state = 'stopped';
    this.rejectReady(new Error('the process stops before its database was ready'));
    await this.watching;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async watch(): Promise<void> {
    let attempt = 0;
    while (!this.stopping.signal.aborted) {
      try {
        await this.connectOrPing();
        if (this.state !== true && !this.stopping.signal.aborted) this.becomeReady();
        attempt = 0;
        await sleep(PING_EVERY_MS, this.stopping.signal);
      } catch (error) {
        attempt += 1;
        this.becomeAway(error);
        await sleep(retryDelayMs(attempt), this.stopping.signal);
      }
    }
  }

  private async connectOrPing(): Promise<void> {
    if (this.dataSource.isInitialized) {
      // In a call, for its deadline: of a server that vanished, readiness must not hear after half a minute.
      const ping = { traceId: newTraceId(), deadlineAt: Date.now() + PING_TIMEOUT_MS };
      await runInContext(ping, () => this.dataSource.query('SELECT 1'));
      return;
    }
    const done = await migrate(this.options, this.stopping.signal);
    if (done.length > 0) this.logger.log({ migrations: done }, 'migrated');
    await this.dataSource.initialize();
  }

  private becomeReady(): void {
    this.state = true;
    this.resolveReady();
    this.logger.log('database is ready');
  }

  private becomeAway(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    const reason =
      error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    // Once for each reason, not once for each try.
    if (this.state !== reason) this.logger.warn({ reason }, 'waits for the database');
    this.state = reason;
  }
}
