import { BoundCounter, type MutableNumber } from '@viernes/platform';
import { Counter, Gauge } from 'prom-client';

/**
 * `hit`: fresh. `stale`: expired, while another request refreshes it or after that failed. `miss`: ran the handler;
 * also counted as `stale` if a stale response replaced its error. `coalesced`: waited for the handler run of another
 * request. `bypass`: had credentials, or selected a canary.
 */
export type CacheResult = 'hit' | 'stale' | 'miss' | 'coalesced' | 'bypass';

const counts = new Map<string, Map<CacheResult, MutableNumber>>();
let measure = (): { entries: number; bytes: number } => ({ entries: 0, bytes: 0 });

const requests = new BoundCounter({
  name: 'http_cache_requests_total',
  help: 'Requests of operations with a cache, by result',
  labelNames: ['operation', 'result'],
});

new Gauge({ name: 'http_cache_entries', help: 'Cached responses', collect: reportEntries });

new Gauge({ name: 'http_cache_bytes', help: 'Memory reserved for cached responses', collect: reportBytes });

const invalidations = new Counter({
  name: 'http_cache_invalidations_total',
  help: 'Invalidations by cause: event (one tag), gap (everything, because events can have been missed)',
  labelNames: ['cause'],
});

export function countCacheResult(operation: string, result: CacheResult): void {
  let results = counts.get(operation);
  if (!results) counts.set(operation, (results = new Map()));
  let count = results.get(result);
  if (!count) results.set(result, (count = requests.bind({ operation, result })));
  count.value += 1;
}

export function countInvalidation(cause: 'event' | 'gap'): void {
  invalidations.inc({ cause });
}

/** Makes the gauges report a cache. Only tests create several: the newest one is reported. */
export function observeCache(measureCache: typeof measure): void {
  measure = measureCache;
}

function reportEntries(this: Gauge): void {
  this.set(measure().entries);
}

function reportBytes(this: Gauge): void {
  this.set(measure().bytes);
}
