import { LRUCache } from 'lru-cache';
import { CacheKeys, type CacheKey } from './cache-keys.js';
import { countInvalidation, observeCache } from './cache-metrics.js';
import type { CachedResponse } from './cached-response.js';
import { Flight } from './flight.js';

export interface ResponseCacheOptions {
  /** Limit for the stored responses, including their compressed bodies. */
  readonly maxBytes: number;
  readonly maxEntries?: number;
  /** Returns epoch milliseconds. */
  readonly now?: () => number;
}

const MAX_ENTRIES = 10_000;
/** Larger responses are not stored, so that one of them cannot displace many others. */
const MAX_ENTRY_FRACTION = 1 / 8;
/** After a failed refresh, the stale response is served for this long before the next attempt. */
const REFRESH_RETRY_MS = 1_000;

/**
 * Responses to anonymous requests, and the handler runs that produce them. Tags connect responses with the data that they
 * contain: an event invalidates a tag.
 */
export class ResponseCache {
  readonly keys = new CacheKeys();
  readonly now: () => number;
  private readonly entries: LRUCache<string, CachedResponse, readonly string[]>;
  private readonly tagsOf = new Map<string, readonly string[]>();
  private readonly keysOf = new Map<string, Set<string>>();
  private readonly flights = new Map<string, Flight>();

  constructor({ maxBytes, maxEntries = MAX_ENTRIES, now = Date.now }: ResponseCacheOptions) {
    this.now = now;
    this.entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      maxEntrySize: Math.ceil(maxBytes * MAX_ENTRY_FRACTION),
      sizeCalculation: ({ sizeBytes }) => sizeBytes,
      dispose: (_response, key, reason) => {
        if (reason !== 'set') this.removeTags(key);
      },
    });
    observeCache(() => ({ entries: this.entries.size, bytes: this.entries.calculatedSize }));
  }

  /** Returns a response that can be served, fresh or stale. */
  find({ key }: CacheKey, now: number): CachedResponse | undefined {
    const response = this.entries.get(key);
    if (response === undefined || now < response.staleUntil) return response;
    this.entries.delete(key);
    return undefined;
  }

  /** Returns the handler run in progress. One that has exceeded its deadline is not waited for. */
  findFlight({ key }: CacheKey, now: number): Flight | undefined {
    const flight = this.flights.get(key);
    return flight && now < flight.deadlineAt ? flight : undefined;
  }

  /** Starts a handler run. Requests with the same key wait for it until it finishes or its tags are invalidated. */
  begin(cacheKey: CacheKey, deadlineAt: number, stale: CachedResponse | undefined): Flight {
    const flight = new Flight(cacheKey, deadlineAt, stale);
    this.flights.set(cacheKey.key, flight);
    return flight;
  }

  /** Stores the response, unless the data has changed since the handler started, and hands it to the followers. */
  complete(flight: Flight, response: CachedResponse): void {
    const { key, tags } = flight.cacheKey;
    this.finish(flight);
    if (!flight.isOutdated) {
      this.entries.set(key, response);
      if (this.entries.has(key)) this.addTags(key, tags);
    }
    flight.complete({ response });
  }

  /** Serves the stale response to the followers of the flight, and to later requests until the next refresh. */
  keepStale(flight: Flight, stale: CachedResponse): void {
    this.finish(flight);
    stale.freshUntil = Math.min(this.now() + REFRESH_RETRY_MS, stale.staleUntil);
    flight.complete({ response: stale });
  }

  /** Finishes a handler run without a response that can be shared. */
  finish(flight: Flight): void {
    const { key } = flight.cacheKey;
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }

  /** Removes the responses with the tag. Those of handlers that are running are not stored. */
  invalidate(tag: string): void {
    countInvalidation('event');
    for (const key of this.keysOf.get(tag) ?? []) this.entries.delete(key);
    for (const flight of this.flights.values()) {
      if (flight.cacheKey.tags.includes(tag)) this.outdate(flight);
    }
  }

  /** Removes all responses, because invalidations can have been missed. */
  clear(): void {
    countInvalidation('gap');
    this.entries.clear();
    for (const flight of this.flights.values()) this.outdate(flight);
  }

  /** Marks a handler run as outdated, so that later requests do not wait for it. */
  private outdate(flight: Flight): void {
    flight.isOutdated = true;
    this.finish(flight);
  }

  private addTags(key: string, tags: readonly string[]): void {
    this.tagsOf.set(key, tags);
    for (const tag of tags) {
      const keys = this.keysOf.get(tag);
      if (keys) keys.add(key);
      else this.keysOf.set(tag, new Set([key]));
    }
  }

  private removeTags(key: string): void {
    for (const tag of this.tagsOf.get(key) ?? []) {
      const keys = this.keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.keysOf.delete(tag);
    }
    this.tagsOf.delete(key);
  }
}
