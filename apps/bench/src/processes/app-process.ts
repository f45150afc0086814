/** A running app of the platform. */
export interface AppProcess {
  readonly pid: number;
  /** Prometheus text format. */
  readonly metricsUrl: string;
}
