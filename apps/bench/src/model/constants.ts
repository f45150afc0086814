import type { Row } from '../run/row.js';

export const PROCESSES = ['edge', 'catalog', 'user', 'video', 'postgres', 'kafka', 'valkey'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** Kinds of requests with different costs. `cached` is an anonymous list, the other reads have a token. */
export const KINDS = ['cached', 'home', 'list', 'title', 'search', 'heartbeat', 'session'] as const;
export type Kind = (typeof KINDS)[number];

/** Milliseconds of CPU time per request, by process. */
export type Cost = Readonly<Record<ProcessName, number>>;

/** Everything that the model takes from measurements. Each field names its row in the report. */
export interface Constants {
  /** `model.cost-*`. */
  readonly costs: Readonly<Record<Kind, Cost>>;
  /** `model.cost-batch`: per batch of heartbeats, in addition to the costs of its heartbeats. */
  readonly batchCost: Cost;
  /** `model.cost-heartbeat`: inserted, updated, and deleted rows per heartbeat. */
  readonly rowsPerHeartbeat: number;
  /** `events.pipeline`: events per second through one relay and one consumer. */
  readonly eventsPerSecond: number;
  /** `transcode.ladder`: seconds on this machine per minute of video. */
  readonly transcodeSecondsPerMinute: number;
  readonly transcodeCores: number;
  /** `transcode.ladder`: megapixels of one frame, summed over all renditions of the sample. */
  readonly transcodeMegapixels: number;
}

/** @throws Error that names the missing rows and how to measure them */
export function readConstants(rows: readonly Row[]): Constants {
  const byId = new Map(rows.map((row) => [row.id, row.details]));
  const needed = [...KINDS, 'batch'].map((kind) => `model.cost-${kind}`).concat('events.pipeline', 'transcode.ladder');
  const missing = needed.filter((id) => !byId.has(id));
  if (missing.length > 0) {
    throw new Error(`The report has no ${missing.join(', ')}. Run npm run bench -- events transcode model.`);
  }
  const read = (id: string, detail: string): number => {
    const value = byId.get(id)?.[detail];
    if (value === undefined) throw new Error(`The row ${id} has no ${detail}.`);
    return value;
  };
  const toCost = (kind: Kind | 'batch'): Cost =>
    Object.fromEntries(PROCESSES.map((name) => [name, read(`model.cost-${kind}`, `${name}Ms`)])) as Record<
      ProcessName,
      number
    >;
  return {
    costs: Object.fromEntries(KINDS.map((kind) => [kind, toCost(kind)])) as Record<Kind, Cost>,
    batchCost: toCost('batch'),
    rowsPerHeartbeat: read('model.cost-heartbeat', 'writtenRows'),
    eventsPerSecond: read('events.pipeline', 'eventsPerSecond'),
    transcodeSecondsPerMinute: read('transcode.ladder', 'secondsPerMinute'),
    transcodeCores: read('transcode.ladder', 'cores'),
    transcodeMegapixels: read('transcode.ladder', 'megapixels'),
  };
}
