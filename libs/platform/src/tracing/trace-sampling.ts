import type { TraceParent } from '../context/trace-parent.js';

/** Digits of a trace ID that are random in every version of the specification (W3C trace context level 2). */
const RANDOM_DIGITS = 13;
const RANDOM_LIMIT = 16 ** RANDOM_DIGITS;

/** Limit per second and process, shared by traces that clients request with the sampled flag and by failed requests. */
const MAX_REQUESTED_PER_SECOND = 10;

/**
 * Decides which traces are recorded. The process at which a trace enters the platform decides. Others follow the flag in
 * `traceparent`. A fraction of the traces that start here is sampled, by their ID. A trace of a client is sampled if
 * the client requests it, up to a limit: otherwise, clients could determine the load by the flag, or by the ID.
 */
export class TraceSampling {
  private readonly threshold: number;
  private remaining = MAX_REQUESTED_PER_SECOND;
  private second = 0;

  /** @param ratio of the traces that start here, 0 to 1 */
  constructor(ratio: number) {
    this.threshold = ratio * RANDOM_LIMIT;
  }

  /** @param parent from the client, undefined if the trace starts here */
  isSampled(traceId: string, parent: TraceParent | undefined): boolean {
    if (parent) return parent.isSampled && this.tryAcquire();
    if (this.threshold === 0) return false;
    return Number.parseInt(traceId.slice(-RANDOM_DIGITS), 16) < this.threshold;
  }

  /** Returns false if the limit of this second is reached. */
  tryAcquire(now = Date.now()): boolean {
    const second = Math.floor(now / 1_000);
    if (second !== this.second) {
      this.second = second;
      this.remaining = MAX_REQUESTED_PER_SECOND;
    }
    if (this.remaining === 0) return false;
    this.remaining -= 1;
    return true;
  }
}
