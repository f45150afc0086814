/** A token bucket. It starts full. */
export class RateLimit {
  private tokens: number;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private updatedAtMs: number,
  ) {
    this.tokens = burst;
  }

  /** @returns whether a request is within the limit */
  take(nowMs: number): boolean {
    const refilled = ((nowMs - this.updatedAtMs) / 1000) * this.perSecond;
    this.tokens = Math.min(this.burst, this.tokens + refilled);
    this.updatedAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
