import type { Wait } from './edge-client.js';

const EVERY_MS = 5_000;

/** Tells what is waited for, the first time at once and then every few seconds. */
export function tellWaits(print: (text: string) => void): (wait: Wait) => void {
  let toldAt = -Infinity;
  return ({ request, reason, waitedMs }) => {
    if (performance.now() - toldAt < EVERY_MS) return;
    toldAt = performance.now();
    print(`waits for ${request}: ${reason}, for ${Math.round(waitedMs / 1000)} s now`);
  };
}
