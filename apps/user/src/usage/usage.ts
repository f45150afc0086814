/** Calls of one caller to one operation with one status, in one hour. */
export interface HourlyUsage {
  readonly hourAt: Date;
  /** Null for callers without a valid token. */
  readonly accountId: string | null;
  /** Null for sessions. */
  readonly apiKeyId: string | null;
  readonly operation: string;
  readonly status: number;
  readonly calls: number;
  readonly responseBytes: number;
  /** Number of calls by bucket of their duration. */
  readonly durations: Readonly<Record<string, number>>;
}

/**
 * Adds up usage of the same hour, caller, operation and status. The result is sorted, so that two transactions cannot
 * deadlock.
 */
export function mergeUsage(all: readonly HourlyUsage[]): HourlyUsage[] {
  const merged = new Map<string, HourlyUsage>();
  for (const usage of all) {
    const key = toKey(usage);
    const known = merged.get(key);
    merged.set(key, known ? addUsage(known, usage) : usage);
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, usage]) => usage);
}

/** Removes the account and the API key from counts. */
export function anonymize(usage: HourlyUsage): HourlyUsage {
  return { ...usage, accountId: null, apiKeyId: null };
}

function toKey({ hourAt, accountId, apiKeyId, operation, status }: HourlyUsage): string {
  return [hourAt.toISOString(), accountId, apiKeyId, operation, status].join(' ');
}

function addUsage(a: HourlyUsage, b: HourlyUsage): HourlyUsage {
  const durations = { ...a.durations };
  for (const [bucket, count] of Object.entries(b.durations)) durations[bucket] = (durations[bucket] ?? 0) + count;
  return { ...a, calls: a.calls + b.calls, responseBytes: a.responseBytes + b.responseBytes, durations };
}
