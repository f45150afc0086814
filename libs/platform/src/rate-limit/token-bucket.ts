/** Limits a rate in the memory of this process. Starts full. */
export class TokenBucket {
  private fullAtMs = 0;

  /** @param limits `rate` in tokens per second, `burst` in tokens */
  constructor(private readonly limits: { readonly rate: number; readonly burst: number }) {}

  /**
   * Takes up to `wanted` tokens.
   *
   * @param nowMs from the same clock in each call
   * @returns the number of taken tokens, and how many remain
   */
  take(wanted: number, nowMs: number): { readonly tokens: number; readonly remainingTokens: number } {
    const { rate, burst } = this.limits;
    const fullAtMs = Math.max(nowMs, this.fullAtMs);
    const available = burst - ((fullAtMs - nowMs) * rate) / 1_000;
    const tokens = Math.max(0, Math.min(wanted, Math.floor(available + 0.001)));
    this.fullAtMs = fullAtMs + (tokens * 1_000) / rate;
    return { tokens, remainingTokens: Math.max(0, available - tokens) };
  }
}
