import { droppedCalls, UsageCounts } from './usage-counts.js';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-11-24T03:59:59.999Z');
const ADA = { accountId: 'ada' };

describe('UsageCounts', () => {
  it('adds up calls of one caller to one operation with one status', () => {
    const counts = new UsageCounts();
    counts.record(ADA, 'listTitles', 200, 100, 1, NOW_MS);
    counts.record(ADA, 'listTitles', 200, 50, 1, NOW_MS);
    counts.record(ADA, 'listTitles', 200, 50, undefined, NOW_MS);
    expect(counts.take()).toEqual([
      {
        ...{ hourMs: NOW_MS + 1 - HOUR_MS, caller: ADA, operation: 'listTitles', status: 200 },
        ...{ calls: 3, responseBytes: 200, durations: { 8: 2 } },
      },
    ]);
    expect(counts.take()).toEqual([]);
  });

  it('distinguishes sessions, API keys, callers without a token, operations, statuses and hours', () => {
    const counts = new UsageCounts();
    const record = (caller: { accountId: string; apiKeyId?: string } | null, changes: readonly [string, number][]) => {
      for (const [operation, status] of changes) counts.record(caller, operation, status, 1, 1, NOW_MS);
    };
    record(ADA, [
      ['getTitle', 200],
      ['getTitle', 404],
      ['listTitles', 200],
    ]);
    record({ ...ADA, apiKeyId: 'key' }, [['getTitle', 200]]);
    record(null, [['getTitle', 200]]);
    counts.record(ADA, 'getTitle', 200, 1, 1, NOW_MS + 1);
    // The clock was set back.
    counts.record(ADA, 'getTitle', 200, 1, 1, NOW_MS);
    const rows = counts.take().map(({ hourMs, caller, operation, status, calls }) => {
      const { accountId = '-', apiKeyId = '-' } = { ...caller };
      return [new Date(hourMs).getUTCHours(), accountId, apiKeyId, operation, status, calls].join(' ');
    });
    expect(rows.toSorted()).toEqual([
      '3 - - getTitle 200 1',
      '3 ada - getTitle 200 2',
      '3 ada - getTitle 404 1',
      '3 ada - listTitles 200 1',
      '3 ada key getTitle 200 1',
      '4 ada - getTitle 200 1',
    ]);
  });

  it('drops and counts calls that would need more rows than the limit', () => {
    const counts = new UsageCounts(1);
    const before = droppedCalls.value;
    counts.record(ADA, 'getTitle', 200, 1, 1, NOW_MS);
    counts.record({ accountId: 'bob' }, 'getTitle', 200, 1, 1, NOW_MS);
    counts.record(ADA, 'getTitle', 200, 1, 1, NOW_MS);
    expect(counts.take()).toMatchObject([{ caller: ADA, calls: 2 }]);
    expect(droppedCalls.value - before).toBe(1);
    counts.record({ accountId: 'bob' }, 'getTitle', 200, 1, 1, NOW_MS);
    expect(counts.take()).toHaveLength(1);
  });
});
