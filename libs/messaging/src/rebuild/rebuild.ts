import type { ModuleRef } from '@nestjs/core';
import { isTransient, TOPICS, type TopicDefinition } from '@viernes/contracts';
import type { Database, Transaction, Transactions } from '@viernes/database';
import { newTraceId, runInContext } from '@viernes/platform';
import { Effects } from '../consume/effects.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import { LogReader } from './log-reader.js';
import { RebuildRefusal, requireWholeLog, type Projection } from './projection.js';
import { withRebuildLock } from './rebuild-lock.js';
import { Replay } from './replay.js';
import { Serial } from './serial.js';
import { SettledEvents } from './settled-events.js';
import { Shadow } from './shadow.js';

/** Few enough to be read while the service waits. */
const NEARLY = 200;
const SWAP_TIMEOUT_MS = 60_000;
const CATCH_UP_TIMEOUT_MS = 10_000;
/** A handler under way in the service must have ended by then; others wait meanwhile. */
const LOCK_TIMEOUT_MS = 5_000;
const SWAP_TRIES = 5;

export interface RebuildOptions {
  readonly service: string;
  readonly brokers: readonly string[];
  readonly projection: Projection;
  /** Default TOPICS. */
  readonly topics?: readonly TopicDefinition[];
}

export interface RebuildResult {
  readonly eventsApplied: number;
  /** Refused by the handler here as in the service, or dropped by a person. */
  readonly eventsLeftOut: number;
  /** In the tables now. */
  readonly rows: number;
  /** How long the service's handlers waited. */
  readonly heldMs: number;
}

export type OnProgress = (left: number, total: number) => void;

/**
 * Makes a projection again from the log, while its service goes on: the handlers apply all events to shadow tables; at the
 * end, with the service's handlers held for a moment, the rest is read, the rows are exchanged, and the inbox learns what
 * the rebuild has applied (ADR 9). Every event is in the tables once: what the service had not come to it then skips.
 */
export class Rebuild {
  constructor(
    private readonly options: RebuildOptions,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly moduleRef: ModuleRef,
  ) {}

  private get handlers(): readonly AnyEventHandler[] {
    return this.options.projection.handlers.map((handler) => this.moduleRef.get(handler, { strict: false }));
  }

  /**
   * @throws RebuildRefusal where it cannot be exact: nothing has changed then
   */
  async run(signal: AbortSignal, onProgress: OnProgress = () => undefined): Promise<RebuildResult> {
    const { projection, topics = TOPICS } = this.options;
    requireWholeLog(this.handlers, topics);
    await this.database.whenReady();
    return withRebuildLock(this.database.options.url, projection.name, () => this.runAlone(signal, onProgress));
  }

  private async runAlone(signal: AbortSignal, onProgress: OnProgress): Promise<RebuildResult> {
    const { service, brokers, projection } = this.options;
    const group = `viernes.${service}.rebuild.${projection.name}`;
    const read = [...new Set(this.handlers.map(({ event }) => event.topic))];
    const effects = new Effects(this.transactions);
    const shadow = new Shadow(projection.name, projection.tables);
    const consumers = this.handlers.map(({ consumer }) => consumer);
    const settled = new SettledEvents(shadow, consumers);
    const replay = new Replay({ effects, shadow, settled, handlers: this.handlers });
    const serial = new Serial();

    const reader = await LogReader.open(brokers, group, read);
    try {
      await effects.transaction((tx) => shadow.make(tx));
      reader.start((batch) => serial.run(() => replay.apply(batch, signal)));
      await reader.caughtUp(0, signal, onProgress);
      const exchange = (tx: Transaction) => serial.run(() => this.exchange(tx, shadow, settled));
      const swapped = await this.swap(reader, settled, exchange, signal);
      return { eventsApplied: replay.applied, eventsLeftOut: replay.leftOut, ...swapped };
    } finally {
      await reader.stop();
      await effects.transaction((tx) => shadow.drop(tx)).catch(() => undefined);
    }
  }

  /** Tries again where a handler of the service takes long, or the log grows faster than it can be read. */
  private async swap(
    reader: LogReader,
    settled: SettledEvents,
    exchange: (tx: Transaction) => Promise<number>,
    signal: AbortSignal,
  ): Promise<{ rows: number; heldMs: number }> {
    for (let tried = 1; ; tried += 1) {
      await reader.caughtUp(NEARLY, signal);
      try {
        return await this.inOneTransaction(async (tx) => {
          await settled.stopTheService(tx);
          const heldSince = performance.now();
          // What the service has applied is on the log by now: to read up to here is to have it all.
          await reader.caughtUp(0, AbortSignal.any([signal, AbortSignal.timeout(CATCH_UP_TIMEOUT_MS)]));
          const rows = await exchange(tx);
          return { rows, heldMs: Math.round(performance.now() - heldSince) };
        });
      } catch (error) {
        const isBusy = isTransient(error) || isTimeout(error);
        if (!isBusy || signal.aborted) throw error;
        if (tried === SWAP_TRIES) throw new RebuildRefusal('the service is too busy to be held', { cause: error });
      }
    }
  }

  private async exchange(tx: Transaction, shadow: Shadow, settled: SettledEvents): Promise<number> {
    const missing = await settled.countMissing(tx);
    if (missing > 0) throw new RebuildRefusal(`${missing} events that the service applied are not on the log`);
    const dropped = await settled.countDropped(tx);
    if (dropped > 0) throw new RebuildRefusal(`${dropped} events were dropped meanwhile: run it again`);
    await settled.adopt(tx);
    return shadow.replaceTables(tx);
  }

  private inOneTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const call = { traceId: newTraceId(), deadlineAt: Date.now() + SWAP_TIMEOUT_MS };
    return runInContext(call, () =>
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
