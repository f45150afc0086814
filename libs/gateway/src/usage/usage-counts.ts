import { DURATION_BUCKETS, toDurationBucket } from '@viernes/contracts';
import { BoundCounter } from '@viernes/platform';

const HOUR_MS = 3_600_000;

/** Distinct rows in memory, up to 2 KB each. Reached only if nothing can be published for a long time. */
const MAX_ROWS = 10_000;

/** An account, and its API key unless the caller is a session. */
interface UsageCaller {
  readonly accountId: string;
  readonly apiKeyId?: string;
}

/** Calls of one caller to one operation with one status, in one hour. */
export interface Usage {
  /** The start of the hour, in epoch milliseconds. */
  readonly hourMs: number;
  /** Undefined for callers without a valid token. */
  readonly caller: UsageCaller | undefined;
  readonly operation: string;
  readonly status: number;
  readonly calls: number;
  readonly responseBytes: number;
  /** Number of calls by bucket (`toDurationBucket`). */
  readonly durations: Readonly<Record<number, number>>;
}

const callsTotal = new BoundCounter({
  name: 'usage_calls_total',
  help: 'Calls counted for usage by outcome (published; dropped: too many rows, or no broker until the process exited)',
  labelNames: ['outcome'],
});

export const publishedCalls = callsTotal.bind({ outcome: 'published' });
export const droppedCalls = callsTotal.bind({ outcome: 'dropped' });

class Row {
  calls = 0;
  responseBytes = 0;
  readonly durations = new Uint32Array(DURATION_BUCKETS);

  toDurations(): Record<number, number> {
    const counts: Record<number, number> = {};
    for (let bucket = 0; bucket < DURATION_BUCKETS; bucket += 1) {
      const count = this.durations[bucket] ?? 0;
      if (count > 0) counts[bucket] = count;
    }
    return counts;
  }
}

type RowsByStatus = Map<number, Row>;

interface CallerRows {
  readonly caller: UsageCaller | undefined;
  readonly operations: Map<string, RowsByStatus>;
}

interface HourRows {
  readonly hourMs: number;
  readonly anonymous: CallerRows;
  /** By the ID of the API key, or of the account for sessions. */
  readonly callers: Map<string, CallerRows>;
}

/**
 * The calls of this process that are not published yet. A repeated call of a caller to an operation only increments
 * numbers, so the memory depends on the number of callers and operations, and not on the number of calls.
 */
export class UsageCounts {
  private hours: HourRows[] = [];
  private rows = 0;

  constructor(private readonly maxRows = MAX_ROWS) {}

  /**
   * Counts a call.
   *
   * @param durationMs undefined if the client determines how long the operation takes
   * @param nowMs epoch milliseconds
   */
  record(
    caller: UsageCaller | null | undefined,
    operation: string,
    status: number,
    responseBytes: number,
    durationMs: number | undefined,
    nowMs: number,
  ): void {
    const row = this.getRow(caller, operation, status, nowMs);
    if (!row) {
      droppedCalls.value += 1;
      return;
    }
    row.calls += 1;
    row.responseBytes += responseBytes;
    if (durationMs === undefined) return;
    const bucket = toDurationBucket(durationMs);
    row.durations[bucket] = (row.durations[bucket] ?? 0) + 1;
  }

  /** Returns all counts, and starts again with none. */
  take(): Usage[] {
    const { hours } = this;
    this.hours = [];
    this.rows = 0;
    return hours.flatMap(({ hourMs, anonymous, callers }) =>
      [anonymous, ...callers.values()].flatMap(({ caller, operations }) =>
        [...operations].flatMap(([operation, byStatus]) =>
          [...byStatus].map(([status, row]) => ({
            ...{ hourMs, caller, operation, status },
            ...{ calls: row.calls, responseBytes: row.responseBytes, durations: row.toDurations() },
          })),
        ),
      ),
    );
  }

  /** @returns undefined if there are too many rows */
  private getRow(
    caller: UsageCaller | null | undefined,
    operation: string,
    status: number,
    nowMs: number,
  ): Row | undefined {
    const { operations } = getCallerRows(this.getHour(nowMs), caller);
    let byStatus = operations.get(operation);
    if (!byStatus) operations.set(operation, (byStatus = new Map()));
    let row = byStatus.get(status);
    if (!row) {
      if (this.rows >= this.maxRows) return undefined;
      this.rows += 1;
      byStatus.set(status, (row = new Row()));
    }
    return row;
  }

  private getHour(nowMs: number): HourRows {
    // Almost every call is in the latest hour. A clock that is set back selects an earlier one.
    const latest = this.hours.at(-1);
    if (latest && nowMs >= latest.hourMs && nowMs < latest.hourMs + HOUR_MS) return latest;
    const hourMs = nowMs - (nowMs % HOUR_MS);
    const known = this.hours.find((hour) => hour.hourMs === hourMs);
    if (known) return known;
    const hour = { hourMs, anonymous: { caller: undefined, operations: new Map() }, callers: new Map() };
    this.hours.push(hour);
    return hour;
  }
}

function getCallerRows({ anonymous, callers }: HourRows, caller: UsageCaller | null | undefined): CallerRows {
  if (!caller) return anonymous;
  const id = caller.apiKeyId ?? caller.accountId;
  const found = callers.get(id);
  if (found) return found;
  const { accountId, apiKeyId } = caller;
  const created = {
    caller: apiKeyId === undefined ? { accountId } : { accountId, apiKeyId },
    operations: new Map<string, RowsByStatus>(),
  };
  callers.set(id, created);
  return created;
}
