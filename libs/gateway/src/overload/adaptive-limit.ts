import type { Priority } from '../routes/priority.js';
import { FLOOR, TOLERANCE, type Pressure } from './priority.js';

/** The minimum. An operation that is slow, but not overloaded, needs some concurrency. */
const MIN_LIMIT = 64;

const MAX_LIMIT = 1_000;

/** After this time without a rejection, the overload has ended. */
const OVERLOAD_MS = 500;

/** At this fraction of its limits, before it rejects a request, an operation makes those of lower priorities yield. */
const PRESSURE_FRACTION = 0.5;

/** The limit changes after this time and this number of responses. */
const WINDOW_MS = 100;
const WINDOW_RESPONSES = 10;

/**
 * The latency without load is the lowest mean of one to two periods, so that a lasting change is detected within 20 s.
 * They begin at the same time for all operations, because a probe is exact only while the others probe as well.
 */
const PERIOD_MS = 10_000;

/** While a probe measures the latency without load, this fraction of the limit applies, for one window. */
const PROBE_FRACTION = 0.25;

/**
 * A limit of concurrent requests that follows their latency (docs/adr/0016-load-shedding.md). In an overloaded system,
 * a higher concurrency does not complete more requests, it only makes them wait. The limit shrinks in proportion to the
 * excess latency and grows by its square root, like Gradient in Netflix's concurrency-limits. Under lasting overload, a
 * probe with low concurrency updates the latency without load, like ProbeRTT of BBR. Operations of lower priorities yield
 * (docs/adr/0049-priorities.md).
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

  private period: number;
  private lowestMs = Infinity;
  private previousLowestMs = Infinity;

  /**
   * @param pressure shared by all operations of the process
   * @param now returns a monotonic time in milliseconds
   */
  constructor(
    private readonly priority: Priority,
    private readonly pressure: Pressure,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.windowStartedAt = now();
    this.period = toPeriod(this.windowStartedAt);
  }

  get limit(): number {
    return Math.floor(this.currentLimit);
  }

  get inFlight(): number {
    return this.inFlightCount;
  }

  /** Returns the start of the request, which `release` needs when it has finished. Undefined if it must be rejected. */
  tryAcquire(): number | undefined {
    const now = this.now();
    if (this.isFull(now, PRESSURE_FRACTION)) this.pressure.report(this.priority, now);
    if (this.mustYield(now) || (this.isFull(now) && !this.hasRecovered(now))) {
      this.rejections += 1;
      this.rejectedAt = now;
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

  private mustYield(now: number): boolean {
    return this.inFlightCount >= FLOOR[this.priority] && this.pressure.isAbove(this.priority, now);
  }

  /** @param fraction of the limits, 0 to 1 */
  private isFull(now: number, fraction = 1): boolean {
    const limit = this.currentLimit * (this.isProbing ? PROBE_FRACTION : 1);
    if (this.inFlightCount >= limit * fraction) return true;
    return this.inFlightCount >= MIN_LIMIT * fraction && this.isDelayed(now);
  }

  /**
   * Detects an overload by the age of the requests in flight. The first responses would show it too late: many more
   * requests would be admitted by then.
   */
  private isDelayed(now: number): boolean {
    return now - this.startedAtSum / this.inFlightCount > this.toleratedMs;
  }

  /**
   * Returns whether a request above the limit can be admitted, because the overload has ended. Raises the limit, which
   * the overload has reduced, to at least MIN_LIMIT.
   */
  private hasRecovered(now: number): boolean {
    if (now - this.rejectedAt < OVERLOAD_MS) return false;
    this.currentLimit = Math.max(this.currentLimit, MIN_LIMIT);
    this.isProbing = false;
    return !this.isFull(now);
  }

  private get toleratedMs(): number {
    return TOLERANCE[this.priority] * Math.min(this.lowestMs, this.previousLowestMs);
  }

  private endWindow(now: number): void {
    const meanMs = this.totalMs / this.responses;
    this.lowestMs = Math.min(this.lowestMs, meanMs);
    if (!this.isProbing) this.adjust(meanMs);
    this.isProbing = false;
    const period = toPeriod(now);
    if (period !== this.period) {
      this.isProbing = this.rejections > 0;
      this.previousLowestMs = this.lowestMs;
      this.lowestMs = Infinity;
      this.period = period;
    }
    this.windowStartedAt = now;
    this.responses = this.totalMs = 0;
    this.peak = this.inFlightCount;
    this.rejections = 0;
  }

  private adjust(meanMs: number): void {
    const minimum = this.rejections > this.responses ? FLOOR[this.priority] : MIN_LIMIT;
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

function toPeriod(now: number): number {
  return Math.floor(now / PERIOD_MS);
}
