import type { ServerResponse } from 'node:http';
import { CodedError } from '@viernes/contracts';
import { Gauge } from 'prom-client';

const responsesInFlight = new Gauge({
  name: 'http_streaming_responses_in_flight',
  help: 'Answers that stay open for long: event streams, relayed bytes',
  labelNames: ['kind'],
});

export interface ConcurrencyLimits {
  /** At a time for one key: an account, a playback session. */
  readonly perKey: number;
  /** At a time in this process. */
  readonly total: number;
}

/**
 * Bounds answers that stay open for long: a limit of requests a minute does not, since each holds its connection and what
 * stands behind it until it ends. Counted by each process for itself, as it is the process that they wear out.
 */
export class ConcurrencyLimiter {
  private readonly openByKey = new Map<string, number>();
  private openCount = 0;

  constructor(
    private readonly name: string,
    private readonly bounds: ConcurrencyLimits,
  ) {}

  /**
   * Takes a place.
   *
   * @returns gives the place back; repeating it changes nothing
   * @throws CodedError RATE_LIMITED where this key has too many, OVERLOADED where the process has
   */
  acquire(key: string): () => void {
    const ofKey = this.openByKey.get(key) ?? 0;
    if (ofKey >= this.bounds.perKey) throw new CodedError('RATE_LIMITED', { limit: this.name, open: ofKey });
    if (this.openCount >= this.bounds.total) throw new CodedError('OVERLOADED', { limit: this.name });
    this.openByKey.set(key, ofKey + 1);
    this.openCount += 1;
    responsesInFlight.inc({ kind: this.name });
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.close(key);
    };
  }

  /**
   * Takes a place until this answer is closed, by whichever side.
   *
   * @throws CodedError as open; REQUEST_INVALID where the client went away while something else was awaited: nothing would
   *   tell of the end that was, and the place would stay taken
   */
  acquireFor(key: string, answer: ServerResponse): void {
    if (answer.closed) {
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'request', message: 'was given up' }] });
    }
    answer.once('close', this.acquire(key));
  }

  private close(key: string): void {
    this.openCount -= 1;
    responsesInFlight.dec({ kind: this.name });
    const ofKey = (this.openByKey.get(key) ?? 0) - 1;
    if (ofKey > 0) this.openByKey.set(key, ofKey);
    else this.openByKey.delete(key);
  }
}
