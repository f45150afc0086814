import type { Logger } from '@viernes/platform';
import type { Valkey } from '../valkey/valkey.js';
import type { EventLog, LogEntry } from './event-log.js';
import { EventLogReader } from './event-log-reader.js';

const MAX_ENTRIES = 100;

/** Starts a reader at the entry 0-0 of a log that has the entries from `first` to `last`. */
async function read(first: number, last: number) {
  const seen: LogEntry[] = [];
  let gaps = 0;
  let disconnect = (): void => undefined;
  const disconnected = new Promise<never>((_, reject) => (disconnect = () => reject(new Error('closed'))));
  const rows = Array.from({ length: last - first + 1 }, (_, index) => [`${first + index}-0`, ['event', '']]);
  const reads = [[['key', rows]]];
  const ids = ['0-0', `${last}-0`];
  const reader = new EventLogReader({
    log: {
      options: { key: 'key', maxEntries: MAX_ENTRIES },
      getNewestId: async () => ids.shift() ?? '',
      covers: async (id: string) => Number.parseInt(id, 10) >= first - 1,
    } as unknown as EventLog,
    connection: { xread: async () => reads.shift() ?? disconnected, disconnect } as unknown as Valkey,
    logger: {} as Logger,
    onEntry: (entry) => seen.push(entry),
    onGap: () => (gaps += 1),
  });
  await vi.waitUntil(() => reader.position === `${last}-0`);
  await reader.close();
  return { seen: seen.map(({ id }) => id), gaps };
}

describe('EventLogReader', () => {
  it('delivers the entries of a full log that has discarded none of the unread ones', async () => {
    const { seen, gaps } = await read(1, MAX_ENTRIES);
    expect([seen.length, seen[0], gaps]).toEqual([MAX_ENTRIES, '1-0', 0]);
  });

  it('reports a gap, and continues after it, if the log has discarded unread entries', async () => {
    expect(await read(51, 50 + MAX_ENTRIES)).toEqual({ seen: [], gaps: 1 });
  });
});
