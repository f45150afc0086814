import { PRIORITIES, type Priority } from '../routes/priority.js';

/**
 * A limit shrinks while the mean latency is above this multiple of the latency without load. What shares a bottleneck is
 * delayed by about the same factor, so that playback shrinks only if it is delayed although the others have shrunk.
 */
export const TOLERANCE: Readonly<Record<Priority, number>> = { playback: 3, browsing: 1.5, batch: 1.5 };

/** Concurrent requests of an operation that are admitted while it yields, or rejects more requests than it serves. */
export const FLOOR: Readonly<Record<Priority, number>> = { playback: 8, browsing: 8, batch: 1 };

/** How long operations yield after the last report. As long as an overload lasts after its last rejection. */
const YIELD_MS = 500;

/** Which priorities have an operation that approaches its limit. The limits of all operations of a process share it. */
export class Pressure {
  private readonly reportedAt = PRIORITIES.map(() => -Infinity);

  report(priority: Priority, now: number): void {
    this.reportedAt[PRIORITIES.indexOf(priority)] = now;
  }

  /** Returns whether an operation of a higher priority needs what others use. */
  isAbove(priority: Priority, now: number): boolean {
    for (let index = PRIORITIES.indexOf(priority) - 1; index >= 0; index -= 1) {
      if (now - (this.reportedAt[index] ?? -Infinity) < YIELD_MS) return true;
    }
    return false;
  }
}
