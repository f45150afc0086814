import { sleep, type Logger } from '@viernes/platform';
import type { Valkey } from '../valkey/valkey.js';
import { PAGE_SIZE, toEntries, type EventLog, type LogEntry } from './event-log.js';

/** Time after which a read without a new entry is repeated. */
const BLOCK_MS = 2_000;
const RETRY_MS = 500;

export interface EventLogReaderOptions {
  readonly log: EventLog;
  /** A separate connection, because a read blocks it. */
  readonly connection: Valkey;
  readonly logger: Logger;
  readonly onEntry: (entry: LogEntry) => void;
  /** Called if entries can have been missed: Valkey has lost them, or this process was too slow. */
  readonly onGap: () => void;
}

/** Reads every new entry of a log, from the start of the process until it is closed. */
export class EventLogReader {
  /** The ID of the newest entry that was read. Undefined until Valkey has been available once. */
  position: string | undefined;

  private readonly closing = new AbortController();
  private readonly running: Promise<void>;
  private shouldCheckGap = false;

  constructor(private readonly options: EventLogReaderOptions) {
    this.running = this.run();
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.options.connection.disconnect();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    let isFailing = false;
    while (!signal.aborted) {
      try {
        await this.readNext();
        isFailing = false;
      } catch (err) {
        if (signal.aborted) return;
        if (!isFailing) this.options.logger.warn({ err }, 'event log not readable, retry scheduled');
        isFailing = true;
        this.shouldCheckGap = true;
        await sleep(RETRY_MS, signal);
      }
    }
  }

  private async readNext(): Promise<void> {
    const { log, connection, onEntry } = this.options;
    const position = (this.position ??= await log.getNewestId());
    if (this.shouldCheckGap && !(await log.covers(position))) return this.skipGap();
    this.shouldCheckGap = false;
    const { key, maxEntries } = log.options;
    const found = await connection.xread('COUNT', PAGE_SIZE, 'BLOCK', BLOCK_MS, 'STREAMS', key, position);
    const entries = toEntries(found?.[0]?.[1] ?? []);
    // A log that has discarded unread entries is full: the read has returned a complete page, or all of it.
    const isFull = entries.length >= Math.min(PAGE_SIZE, maxEntries);
    if (isFull && !(await log.covers(position))) return this.skipGap();
    for (const entry of entries) {
      this.position = entry.id;
      onEntry(entry);
    }
  }

  /** Continues with the next new entry. */
  private async skipGap(): Promise<void> {
    this.position = await this.options.log.getNewestId();
    this.shouldCheckGap = false;
    this.options.onGap();
  }
}
