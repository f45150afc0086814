const HOUR_MS = 3_600_000;
const DEFAULT_HOURS = 24;

/** The hours of a usage report. */
export interface ReportPeriod {
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

/** Extends a period to complete hours, because calls are stored by hour. The default is the last 24 hours. */
export function toReportPeriod({ from, to }: Partial<ReportPeriod>, nowMs: number): ReportPeriod {
  const endMs = Math.ceil((to === undefined ? nowMs : Date.parse(to)) / HOUR_MS) * HOUR_MS;
  const startMs =
    from === undefined ? endMs - DEFAULT_HOURS * HOUR_MS : Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  return { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() };
}
