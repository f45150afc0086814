import type { Valkey } from '../valkey/valkey.js';
import { comparePositions } from './log-position.js';

export interface LogEntry {
  readonly id: string;
  readonly text: string;
}

export interface EventLogOptions {
  readonly key: string;
  /** Maximum number of entries. The oldest ones beyond it are discarded. */
  readonly maxEntries: number;
}

/** Maximum number of entries of one read. */
export const PAGE_SIZE = 500;

/** A repeated append with the same ID within this time has no effect. */
const REPETITION_SECONDS = 600;

const FIELD = 'event';

/** Appends an event once: its source delivers it at least once. */
const APPEND = `
if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[1]) then
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', '${FIELD}', ARGV[3])
end
return 1`;

/** Adds an empty entry to an empty log, because only an entry has an ID from which a reader can continue. */
const GET_NEWEST_ID = `
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if #newest == 0 then return redis.call('XADD', KEYS[1], '*', '${FIELD}', '') end
return newest[1][1]`;

/**
 * A bounded log that replicas share, as a stream in Valkey. Readers continue from the ID of an entry, as long as the log has
 * all entries after it. Every method rejects while Valkey is unavailable.
 */
export class EventLog {
  constructor(
    private readonly valkey: Pick<Valkey, 'eval' | 'xrange'>,
    readonly options: EventLogOptions,
  ) {}

  /** @param eventId assigned by the source. A repeated event is not appended again */
  async append(eventId: string, text: string): Promise<void> {
    const { key, maxEntries } = this.options;
    await this.valkey.eval(APPEND, 2, key, `${key}:${eventId}`, REPETITION_SECONDS, maxEntries, text);
  }

  /** Returns up to PAGE_SIZE entries after an ID, in order. */
  async read(afterId: string): Promise<LogEntry[]> {
    return toEntries(await this.valkey.xrange(this.options.key, `(${afterId}`, '+', 'COUNT', PAGE_SIZE));
  }

  /** Returns the ID of the newest entry. */
  async getNewestId(): Promise<string> {
    return String(await this.valkey.eval(GET_NEWEST_ID, 1, this.options.key));
  }

  /** Returns whether the log has every entry that was appended after an ID. */
  async covers(id: string): Promise<boolean> {
    const [oldest] = await this.valkey.xrange(this.options.key, '-', '+', 'COUNT', 1);
    return oldest !== undefined && comparePositions(oldest[0], id) <= 0;
  }
}

/** Converts the response of Valkey. */
export function toEntries(rows: readonly (readonly [id: string, fields: readonly string[]])[]): LogEntry[] {
  return rows.map(([id, fields]) => ({ id, text: fields[1] ?? '' }));
}
