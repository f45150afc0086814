/** How far one job is. */
export class JobProgress {
  private done = 0;

  /** @param startedAtMs by the same clock as `remainingMs` is asked by */
  constructor(private readonly startedAtMs: number) {}

  /** 0 to 1; never goes back. */
  get fraction(): number {
    return this.done;
  }

  advance(fraction: number): void {
    this.done = Math.max(this.done, Math.min(1, fraction));
  }

  /** By the pace so far; Infinity while nothing is done. */
  remainingMs(nowMs: number): number {
    if (this.done === 0) return Infinity;
    return ((nowMs - this.startedAtMs) * (1 - this.done)) / this.done;
  }
}
