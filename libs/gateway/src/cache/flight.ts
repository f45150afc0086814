import type { ServerResponse } from 'node:http';
import { CodedError } from '@viernes/contracts';
import type { CacheKey } from './cache-keys.js';
import type { CachedResponse } from './cached-response.js';

/** `private`: the response is only for the request that ran the handler, so that each follower runs it too. */
export type FlightResult = { readonly response: CachedResponse } | { readonly error: CodedError } | 'private';

/** A handler run, whose response other requests with the same key wait for. */
export class Flight {
  /** An invalidation occurred after the start: the response is not stored. */
  isOutdated = false;
  /** Set by the handler: the response must not be shared. */
  isPrivate = false;
  private result: FlightResult | undefined;
  private readonly followers = new Set<(result: FlightResult) => void>();

  /** @param stale served instead of a transient error */
  constructor(
    readonly cacheKey: CacheKey,
    readonly deadlineAt: number,
    readonly stale: CachedResponse | undefined,
  ) {}

  complete(result: FlightResult): void {
    if (this.result) return;
    this.result = result;
    for (const resolve of this.followers) resolve(result);
    this.followers.clear();
  }

  /**
   * Waits for the result on behalf of another request.
   * @param deadlineAt epoch milliseconds, of that request
   * @returns undefined if its client disconnects
   * @throws CodedError DEADLINE_EXCEEDED
   */
  async wait(raw: ServerResponse, deadlineAt: number): Promise<FlightResult | undefined> {
    if (this.result) return this.result;
    let stop = (): void => undefined;
    try {
      return await new Promise<FlightResult | undefined>((resolve, reject) => {
        const onClose = (): void => resolve(undefined);
        const onDeadline = (): void => reject(new CodedError('DEADLINE_EXCEEDED', { waitedFor: 'an equal request' }));
        const timer = setTimeout(onDeadline, Math.max(0, deadlineAt - Date.now()));
        raw.once('close', onClose);
        this.followers.add(resolve);
        stop = () => {
          clearTimeout(timer);
          raw.off('close', onClose);
          this.followers.delete(resolve);
        };
      });
    } finally {
      stop();
    }
  }
}
