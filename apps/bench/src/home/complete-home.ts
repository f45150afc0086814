import { setTimeout as sleep } from 'node:timers/promises';

const EXPECTED_ROWS = 8;
const TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 250;

interface HomePage {
  readonly rows: readonly { readonly titles: readonly unknown[] }[];
  readonly unavailableSources: readonly string[];
}

/**
 * Waits until the home page of the written titles is complete, because the platform refreshes it periodically.
 *
 * @throws Error after a minute
 */
export async function readCompleteHome(origin: string): Promise<void> {
  const timeoutAt = performance.now() + TIMEOUT_MS;
  for (;;) {
    const page = (await (await fetch(new URL('/v1/home', origin))).json()) as HomePage;
    if (isComplete(page)) return;
    if (performance.now() > timeoutAt) throw new Error(`The home page is not complete: ${describe(page)}`);
    await sleep(POLL_INTERVAL_MS);
  }
}

/** @throws Error if a row or a source is missing, because such a page is cheaper than a complete one */
export async function assertCompleteHome(url: URL, headers: Readonly<Record<string, string>>): Promise<void> {
  const page = (await (await fetch(url, { headers })).json()) as HomePage;
  if (!isComplete(page)) throw new Error(`The home page is not complete: ${describe(page)}`);
}

function isComplete({ rows, unavailableSources }: HomePage): boolean {
  return (
    unavailableSources.length === 0 && rows.length >= EXPECTED_ROWS && rows.every(({ titles }) => titles.length === 20)
  );
}

function describe({ rows, unavailableSources }: HomePage): string {
  return `${rows.length} rows, unavailable sources: ${unavailableSources.join(', ') || 'none'}`;
}
