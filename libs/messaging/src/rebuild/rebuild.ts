import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { isTransient } from '@viernes/contracts';
import { Database, Transactions, tryLockInSession, type Transaction } from '@viernes/database';
import { newTraceId, runInContext } from '@viernes/platform';
import pLimit from 'p-limit';
import pg from 'pg';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { HandlerInvoker } from '../consume/handler-invoker.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { ProcessedEvents } from './processed-events.js';
import { RebuildRejectedError, requireUnlimitedRetention, type Projection } from './projection.js';
import { Replay } from './replay.js';
import { ShadowSchema } from './shadow-schema.js';
import { TopicReader } from './topic-reader.js';

export const PROJECTION = Symbol('Projection');

/** Events that can remain unread before the handlers of the service are blocked. */
const MAX_REMAINING_EVENTS = 200;
const SWAP_TIMEOUT_MS = 60_000;
const CATCH_UP_TIMEOUT_MS = 10_000;
/** A handler of the service that is in progress must finish within this time. */
const LOCK_TIMEOUT_MS = 5_000;
const SWAP_ATTEMPTS = 5;

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
 * Rebuilds a projection while its service is running (ADR 9). The handlers apply all events to a shadow schema. At the
 * end, one transaction blocks the handlers of the service, applies the remaining events, replaces the rows, and adds the
 * events to the inbox, so that the service skips them.
 */
@Injectable()
export class Rebuild {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly invoker: HandlerInvoker,
    private readonly moduleRef: ModuleRef,
    @Inject(MESSAGING_CONFIG) private readonly config: MessagingConfig,
    @Inject(PROJECTION) private readonly projection: Projection,
  ) {}

  /** @throws RebuildRejectedError if the result would not be exact: nothing has changed then */
  async run(signal: AbortSignal, onProgress: OnProgress = () => undefined): Promise<RebuildResult> {
    const { name, handlers: types } = this.projection;
    const handlers = types.map((type) => this.moduleRef.get(type, { strict: false }));
    requireUnlimitedRetention(handlers, this.config.topics);
    await this.database.whenReady();
    return withRebuildLock(this.database.options.url, name, () => this.rebuild(handlers, signal, onProgress));
  }

  private async rebuild(
    handlers: readonly AnyEventHandler[],
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<RebuildResult> {
    const { name, tables } = this.projection;
    const { service, brokers } = this.config;
    const { invoker } = this;
    const topics = [...new Set(handlers.map(({ event }) => event.topic))];
    const shadow = new ShadowSchema(name, tables);
    const consumers = handlers.map(({ consumer }) => consumer);
    const processed = new ProcessedEvents(shadow, consumers);
    const replay = new Replay(invoker, shadow, processed, handlers);
    // No batch is applied while the rows are replaced.
    const runExclusively = pLimit(1);

    const reader = await TopicReader.open(brokers, `viernes.${service}.rebuild.${name}`, topics);
    try {
      await invoker.inTransaction((tx) => shadow.create(tx));
      reader.start((batch) => runExclusively(() => replay.apply(batch, signal)));
      await reader.catchUp(0, signal, onProgress);
      const replace = (tx: Transaction) =>
        runExclusively(async () => {
          await processed.requireSame(tx);
          await processed.mergeIntoInbox(tx);
          return shadow.replaceTables(tx);
        });
      const result = await this.swap(reader, processed, replace, signal);
      return { eventsApplied: replay.applied, eventsOmitted: replay.omitted, ...result };
    } finally {
      await reader.stop();
      await invoker.inTransaction((tx) => shadow.drop(tx)).catch(() => undefined);
    }
  }

  /** Retries if a handler of the service is slow, or if events arrive faster than they are read. */
  private async swap(
    reader: TopicReader,
    processed: ProcessedEvents,
    replace: (tx: Transaction) => Promise<number>,
    signal: AbortSignal,
  ): Promise<{ rows: number; lockedMs: number }> {
    for (let attempt = 1; ; attempt += 1) {
      await reader.catchUp(MAX_REMAINING_EVENTS, signal);
      try {
        return await this.inSwapTransaction(async (tx) => {
          await processed.lockInbox(tx);
          const lockedAt = performance.now();
          // Everything that the service has applied is in the topic, so the reader has all of it after this.
          await reader.catchUp(0, AbortSignal.any([signal, AbortSignal.timeout(CATCH_UP_TIMEOUT_MS)]));
          const rows = await replace(tx);
          return { rows, lockedMs: Math.round(performance.now() - lockedAt) };
        });
      } catch (error) {
        const isBusy = isTransient(error) || isTimeout(error);
        if (!isBusy || signal.aborted) throw error;
        if (attempt === SWAP_ATTEMPTS) {
          throw new RebuildRejectedError('the service is too busy to block its handlers', { cause: error });
        }
      }
    }
  }

  private inSwapTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const context = { traceId: newTraceId(), deadlineAt: Date.now() + SWAP_TIMEOUT_MS };
    return runInContext(context, () =>
      this.transactions.run(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
        return work(tx);
      }),
    );
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/**
 * Runs work while no other process can rebuild the same projection. If the connection is lost, the lock is free: each run
 * has its own shadow schema, so two runs do not write to the same tables.
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
