import { PRIORITIES, type Priority } from '../routes/priority.js';

/**
 * A limit shrinks while the mean latency is above this multiple of the latency without load. Operations that share a
 * bottleneck are delayed by about the same factor, so playback shrinks only if it is delayed although the others have
 * shrunk.
 */
export const TOLERANCE: Readonly<Record<Priority, number>> = { playback: 3, browsing: 1.5, batch: 1.5 };

/** Concurrent requests of an operation that are admitted while it yields, or rejects more requests than it serves. */
export const FLOOR: Readonly<Record<Priority, number>> = { playback: 8, browsing: 8, batch: 1 };

/**
 * How long operations yield after the last report. Equal to the time after which an overload without rejections has
 * ended.
 */
const YIELD_MS = 500;

/**
 * Records which priorities have an operation close to its limit. The limits of all operations of a process share it.
 */
export class Pressure {
  private readonly reportedAt = PRIORITIES.map(() => -Infinity);

  report(priority: Priority, now: number): void {
    this.reportedAt[PRIORITIES.indexOf(priority)] = now;
  }

  /** Returns whether an operation of a higher priority needs the capacity that others use. */
  isAbove(priority: Priority, now: number): boolean {
    for (let index = PRIORITIES.indexOf(priority) - 1; index >= 0; index -= 1) {
      if (now - (this.reportedAt[index] ?? -Infinity) < YIELD_MS) return true;
    }
    return false;
  }
}
