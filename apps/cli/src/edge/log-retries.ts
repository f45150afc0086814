import type { Retry } from './edge-client.js';

const INTERVAL_MS = 5_000;

/** Returns a callback that prints the first retry immediately, and then at most one every 5 seconds. */
export function logRetries(print: (text: string) => void): (retry: Retry) => void {
  let printedAt = -Infinity;
  return ({ request, reason, waitedMs }) => {
    if (performance.now() - printedAt < INTERVAL_MS) return;
    printedAt = performance.now();
    print(`retrying ${request}: ${reason} (waited ${Math.round(waitedMs / 1000)} s)`);
  };
}
