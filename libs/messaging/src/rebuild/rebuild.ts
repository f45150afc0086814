import type { DynamicModule, INestApplicationContext, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { isTransient } from '@viernes/contracts';
import { Database, Transactions, tryLockInSession, type Transaction } from '@viernes/database';
import { newTraceId, PlatformModule, Readiness, runInContext, type Shutdown } from '@viernes/platform';
import pLimit from 'p-limit';
import pg from 'pg';
import { MESSAGING_CONFIG, toMessagingConfig, type MessagingOptions } from '../config/messaging.config.js';
import { HandlerInvoker } from '../consume/handler-invoker.js';
import { Outbox } from '../outbox/outbox.js';
import { ProcessedEvents } from './processed-events.js';
import { RebuildRejectedError, type Projection } from './projection.js';
import { Replay } from './replay.js';
import { ShadowSchema } from './shadow-schema.js';
import { TopicReader } from './topic-reader.js';

/** Maximum number of events that are still unread when the handlers of the service are blocked. */
const MAX_REMAINING_EVENTS = 200;
const SWAP_TIMEOUT_MS = 60_000;
const CATCH_UP_TIMEOUT_MS = 10_000;
/** A handler of the service that is in progress must finish within this time. */
const LOCK_TIMEOUT_MS = 5_000;
const SWAP_ATTEMPTS = 5;

export interface RebuildOptions extends MessagingOptions {
  /** DatabaseModule.forRoot of the service. */
  readonly database: DynamicModule;
  readonly projection: Projection;
  /** The modules that provide the handlers of the projection. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

export interface RebuildResult {
  readonly eventsApplied: number;
  /** Events that the handler rejects, here and in the service, or that an operator dropped. */
  readonly eventsOmitted: number;
  /** Rows of the tables after the rebuild. */
  readonly rows: number;
  /** How long the handlers of the service were blocked, in milliseconds. */
  readonly lockedMs: number;
}

export type OnProgress = (remaining: number, total: number) => void;

/**
 * Rebuilds a projection while its service is running (decision 9). The handlers apply all events to a shadow schema. At
 * the end, one transaction blocks the handlers of the service, applies the remaining events, replaces the rows, and
 * adds the events to the inbox, so that the service skips them.
 * @throws RebuildRejectedError if the result would not be exact. The projection is then unchanged
 */
export async function rebuild(
  options: RebuildOptions,
  shutdown: Shutdown,
  onProgress: OnProgress = () => undefined,
): Promise<RebuildResult> {
  const app = await createContext(options, shutdown);
  try {
    const database = app.get(Database);
    await database.whenReady();
    return await withRebuildLock(database.options.url, options.projection.name, () =>
      new Rebuild(app, options, shutdown.signal).run(onProgress),
    );
  } finally {
    await app.close();
  }
}

/** Provides the dependencies of handlers, without the relay and the consumers of MessagingModule. */
function createContext(options: RebuildOptions, shutdown: Shutdown): Promise<INestApplicationContext> {
  const messaging: DynamicModule = {
    module: class RebuildModule {},
    global: true,
    providers: [{ provide: MESSAGING_CONFIG, useValue: toMessagingConfig(options) }, HandlerInvoker, Outbox],
    exports: [Outbox],
  };
  const platform = PlatformModule.forProcess(new Readiness(), shutdown);
  const imports = [platform, options.database, messaging, ...options.imports];
  return NestFactory.createApplicationContext(
    { module: class RebuildProcess {}, imports },
    { logger: ['warn', 'error'] },
  );
}

class Rebuild {
  private readonly invoker: HandlerInvoker;
  private readonly transactions: Transactions;
  private readonly shadow: ShadowSchema;
  private readonly processed: ProcessedEvents;
  private readonly replay: Replay;
  private readonly reader: TopicReader;
  /** No batch is applied while the rows are replaced. */
  private readonly runExclusively = pLimit(1);

  /** @throws RebuildRejectedError if a topic does not retain all events */
  constructor(
    app: INestApplicationContext,
    options: RebuildOptions,
    private readonly signal: AbortSignal,
  ) {
    const { name, tables, handlers: types } = options.projection;
    const { service, brokers, topics } = toMessagingConfig(options);
    const handlers = types.map((type) => app.get(type, { strict: false }));
    const consumed = [...new Set(handlers.map(({ event }) => event.topic))];
    const retained = topics.filter(({ retentionHours }) => retentionHours === Infinity);
    const limited = consumed.find((topic) => !retained.some((each) => each.name === topic));
    if (limited !== undefined) throw new RebuildRejectedError(`${limited} does not retain all events`);
    this.invoker = app.get(HandlerInvoker);
    this.transactions = app.get(Transactions);
    this.shadow = new ShadowSchema(name, tables);
    const consumers = handlers.map(({ consumer }) => consumer);
    this.processed = new ProcessedEvents(this.shadow, consumers);
    this.replay = new Replay(this.invoker, this.shadow, this.processed, handlers);
    this.reader = new TopicReader(brokers, `viernes.${service}.rebuild.${name}`, consumed);
  }

  async run(onProgress: OnProgress): Promise<RebuildResult> {
    const { invoker, shadow, reader, replay, signal } = this;
    try {
      await reader.connect();
      await invoker.inTransaction((tx) => shadow.create(tx));
      reader.start((batch) => this.runExclusively(() => replay.apply(batch, signal)));
      await reader.catchUp(0, signal, onProgress);
      const result = await this.swap();
      return { eventsApplied: replay.applied, eventsOmitted: replay.omitted, ...result };
    } finally {
      await reader.stop();
      await invoker.inTransaction((tx) => shadow.drop(tx)).catch(() => undefined);
    }
  }

  /** Retries if a handler of the service is slow, or if events arrive faster than they are read. */
  private async swap(): Promise<{ rows: number; lockedMs: number }> {
    for (let attempt = 1; ; attempt += 1) {
      await this.reader.catchUp(MAX_REMAINING_EVENTS, this.signal);
      const context = { traceId: newTraceId(), deadlineAt: Date.now() + SWAP_TIMEOUT_MS };
      try {
        return await runInContext(context, () => this.transactions.run((tx) => this.swapInTransaction(tx)));
      } catch (error) {
        const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
        if (!(isTransient(error) || isTimeout) || this.signal.aborted) throw error;
        if (attempt === SWAP_ATTEMPTS) {
          throw new RebuildRejectedError('the service is too busy to block its handlers', { cause: error });
        }
      }
    }
  }

  private async swapInTransaction(tx: Transaction): Promise<{ rows: number; lockedMs: number }> {
    // Raw SQL: TypeORM has no transaction settings.
    await tx.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await this.processed.lockInbox(tx);
    const lockedAt = performance.now();
    // All events that the service has applied are in the topic, so the reader has applied them after this.
    await this.reader.catchUp(0, AbortSignal.any([this.signal, AbortSignal.timeout(CATCH_UP_TIMEOUT_MS)]));
    const rows = await this.runExclusively(async () => {
      await this.processed.mergeIntoInbox(tx);
      return this.shadow.replaceTables(tx);
    });
    return { rows, lockedMs: Math.round(performance.now() - lockedAt) };
  }
}

/**
 * Runs work while no other process can rebuild the same projection. A lost connection releases the lock early, but each
 * run has a separate shadow schema, so two runs do not write to the same tables.
 * @throws RebuildRejectedError if a rebuild is in progress
 */
async function withRebuildLock<Result>(url: string, projection: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'viernes-rebuild', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const isLocked = await tryLockInSession(client, 'projectionRebuild', projection);
    if (!isLocked) throw new RebuildRejectedError(`a rebuild of ${projection} is in progress`);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
