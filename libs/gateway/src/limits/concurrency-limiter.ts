import type { ServerResponse } from 'node:http';
import { CodedError } from '@viernes/contracts';
import { Gauge } from 'prom-client';

const responsesInFlight = new Gauge({
  name: 'http_streaming_responses_in_flight',
  help: 'Long-lived responses in flight: event streams, downloads, WebSockets, proxied bytes',
  labelNames: ['kind'],
});

export interface ConcurrencyLimits {
  /** Concurrent responses per key: an account, a playback session. */
  readonly perKey: number;
  /** Concurrent responses in this process. */
  readonly total: number;
}

/**
 * Limits concurrent long responses. A rate limit is not enough, because each of them occupies connections until it
 * ends. Counts per process, because it protects the resources of the process.
 */
export class ConcurrencyLimiter {
  private readonly countByKey = new Map<string, number>();
  private total = 0;

  constructor(
    private readonly name: string,
    private readonly limits: ConcurrencyLimits,
  ) {}

  /**
   * Acquires a slot.
   *
   * @returns a function that releases the slot. Repeated calls have no effect.
   * @throws CodedError RATE_LIMITED if the key has too many slots, OVERLOADED if the process has
   */
  acquire(key: string): () => void {
    const count = this.countByKey.get(key) ?? 0;
    if (count >= this.limits.perKey) throw new CodedError('RATE_LIMITED', { limit: this.name, open: count });
    if (this.total >= this.limits.total) throw new CodedError('OVERLOADED', { limit: this.name });
    this.countByKey.set(key, count + 1);
    this.total += 1;
    responsesInFlight.inc({ kind: this.name });
    let isAcquired = true;
    return () => {
      if (!isAcquired) return;
      isAcquired = false;
      this.release(key);
    };
  }

  /**
   * Acquires a slot until the response is closed by either side.
   *
   * @throws CodedError like `acquire`; REQUEST_INVALID if the client has already disconnected, because the response
   *   would not emit another `close` to release the slot
   */
  acquireFor(key: string, response: ServerResponse): void {
    if (response.closed) {
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'request', reason: 'cancelled' }] });
    }
    response.once('close', this.acquire(key));
  }

  private release(key: string): void {
    this.total -= 1;
    responsesInFlight.dec({ kind: this.name });
    const count = (this.countByKey.get(key) ?? 0) - 1;
    if (count > 0) this.countByKey.set(key, count);
    else this.countByKey.delete(key);
  }
}
