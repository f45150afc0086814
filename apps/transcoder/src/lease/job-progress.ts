/** The completed fraction of one job. */
export class JobProgress {
  private done = 0;

  /** @param startedAtMs on the same clock as the argument of `remainingMs` */
  constructor(private readonly startedAtMs: number) {}

  /** 0 to 1. Never decreases. */
  get fraction(): number {
    return this.done;
  }

  advance(fraction: number): void {
    this.done = Math.max(this.done, Math.min(1, fraction));
  }

  /** Extrapolates the average speed so far. Returns Infinity before the first progress. */
  remainingMs(nowMs: number): number {
    if (this.done === 0) return Infinity;
    return ((nowMs - this.startedAtMs) * (1 - this.done)) / this.done;
  }
}
