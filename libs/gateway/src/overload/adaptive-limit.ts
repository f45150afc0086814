/** The minimum. An operation that is slow, but not overloaded, needs some concurrency. */
const MIN_LIMIT = 64;

/** The minimum while more requests are rejected than served. */
const MIN_LIMIT_OVERLOADED = 8;

const MAX_LIMIT = 1_000;

/** After this time without a rejection, the overload is over. */
const OVERLOAD_MS = 500;

/** The limit shrinks while the mean latency is above this multiple of the latency without load. */
const TOLERANCE = 1.5;

/** The limit changes after this time and this number of responses. */
const WINDOW_MS = 100;
const WINDOW_RESPONSES = 10;

/** The latency without load is the lowest mean of one to two periods, so that a lasting change is found within 20 s. */
const PERIOD_MS = 10_000;

/** While a probe measures the latency without load, this fraction of the limit applies, for one window. */
const PROBE_FRACTION = 0.25;

/**
 * A limit of concurrent requests that follows their latency (docs/adr/0016-load-shedding.md). In an overloaded system,
 * a higher concurrency does not complete more requests, it only makes them wait. The limit shrinks in proportion to the
 * excess latency and grows by its square root, like Gradient in Netflix's concurrency-limits. Under lasting overload, a
 * probe with low concurrency updates the latency without load, like ProbeRTT of BBR.
 */
export class AdaptiveLimit {
  private inFlightCount = 0;
  /** The sum of the times at which the requests in flight started. */
  private startedAtSum = 0;
  private currentLimit = MAX_LIMIT;
  private isProbing = false;

  private windowStartedAt: number;
  private responses = 0;
  private totalMs = 0;
  private peak = 0;
  private rejections = 0;
  private rejectedAt = -Infinity;

  private periodStartedAt: number;
  private lowestMs = Infinity;
  private previousLowestMs = Infinity;

  /** @param now returns a monotonic time in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.windowStartedAt = this.periodStartedAt = now();
  }

  get limit(): number {
    return Math.floor(this.currentLimit);
  }

  get inFlight(): number {
    return this.inFlightCount;
  }

  /** Returns undefined if the request must be rejected. Otherwise its start, for `release` when it has finished. */
  tryAcquire(): number | undefined {
    const now = this.now();
    if (this.isFull(now) && this.isOverloaded(now)) {
      this.rejections += 1;
      return undefined;
    }
    this.inFlightCount += 1;
    this.startedAtSum += now;
    this.peak = Math.max(this.peak, this.inFlightCount);
    return now;
  }

  /** @param isMeasured false if the duration does not show how loaded the system is */
  release(startedAt: number, isMeasured: boolean): void {
    this.inFlightCount -= 1;
    this.startedAtSum -= startedAt;
    if (!isMeasured) return;
    const now = this.now();
    this.responses += 1;
    this.totalMs += now - startedAt;
    if (this.responses >= WINDOW_RESPONSES && now - this.windowStartedAt >= WINDOW_MS) this.endWindow(now);
  }

  private isFull(now: number): boolean {
    const limit = this.currentLimit * (this.isProbing ? PROBE_FRACTION : 1);
    return this.inFlightCount >= limit || (this.inFlightCount >= MIN_LIMIT && this.isDelayed(now));
  }

  /**
   * Notices an overload before its first responses, which would take as long as all requests that are admitted until
   * then.
   */
  private isDelayed(now: number): boolean {
    return now - this.startedAtSum / this.inFlightCount > this.toleratedMs;
  }

  /** Called for a request above the limit, which is too low if it is the first one after the overload. */
  private isOverloaded(now: number): boolean {
    if (now - this.rejectedAt >= OVERLOAD_MS) {
      this.currentLimit = Math.max(this.currentLimit, MIN_LIMIT);
      this.isProbing = false;
      if (!this.isFull(now)) return false;
    }
    this.rejectedAt = now;
    return true;
  }

  private get toleratedMs(): number {
    return TOLERANCE * Math.min(this.lowestMs, this.previousLowestMs);
  }

  private endWindow(now: number): void {
    const meanMs = this.totalMs / this.responses;
    this.lowestMs = Math.min(this.lowestMs, meanMs);
    if (!this.isProbing) this.adjust(meanMs);
    this.isProbing = false;
    if (now - this.periodStartedAt >= PERIOD_MS) {
      this.isProbing = this.rejections > 0;
      this.previousLowestMs = this.lowestMs;
      this.lowestMs = Infinity;
      this.periodStartedAt = now;
    }
    this.windowStartedAt = now;
    this.responses = this.totalMs = 0;
    this.peak = this.inFlightCount;
    this.rejections = 0;
  }

  private adjust(meanMs: number): void {
    const minimum = this.rejections > this.responses ? MIN_LIMIT_OVERLOADED : MIN_LIMIT;
    const { toleratedMs } = this;
    let limit = this.currentLimit;
    if (meanMs <= toleratedMs) limit += Math.sqrt(limit);
    // A load that never reaches the minimum does not need a limit.
    else if (this.peak >= MIN_LIMIT || this.rejections > 0) limit = this.shrink(toleratedMs / meanMs);
    this.currentLimit = Math.min(MAX_LIMIT, Math.max(minimum, limit));
  }

  /** Allows the square root of the limit above it, so that a system that has recovered is noticed. */
  private shrink(ratio: number): number {
    const used = Math.min(this.currentLimit, this.peak);
    return used * ratio + Math.sqrt(used);
  }
}
