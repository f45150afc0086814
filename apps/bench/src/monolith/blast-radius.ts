import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mode } from './mode.js';

const TIMEOUT_MS = 10_000;
const RECOVERY_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 250;

/** One request of each kind, and the status of a response that a client can use. */
const OPERATIONS: readonly { readonly path: string; readonly init?: RequestInit; readonly status: number }[] = [
  { path: '/v1/titles', status: 200 },
  { path: '/v1/home', status: 200 },
  { path: '/', status: 200 },
  {
    path: '/v1/sessions',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${randomUUID()}@example.org`, password: 'not the password' }),
    },
    status: 401,
  },
  { path: `/v1/playback/${randomUUID()}/master.m3u8?token=${'a'.repeat(43)}`, status: 404 },
];

/**
 * Kills each process in turn, and sends one request of each kind.
 *
 * @returns the share of the kinds that still succeed, by killed process
 */
export async function measureBlastRadius(mode: Mode): Promise<Readonly<Record<string, number>>> {
  const usable = await countUsable(mode);
  const shares: Record<string, number> = {};
  for (const name of mode.names) {
    await mode.kill(name);
    shares[name] = (await countUsable(mode)) / usable;
    await mode.restart(name);
    await waitUntilUsable(mode, usable);
  }
  return shares;
}

/** Waits while the edge reconnects with a back-off. @throws Error if it does not recover in time */
async function waitUntilUsable(mode: Mode, usable: number): Promise<void> {
  const timeoutAt = performance.now() + RECOVERY_TIMEOUT_MS;
  while ((await countUsable(mode)) < usable) {
    if (performance.now() > timeoutAt) throw new Error(`${mode.edgeUrl} has not recovered from a killed process`);
    await sleep(POLL_INTERVAL_MS);
  }
}

async function countUsable({ edgeUrl }: Mode): Promise<number> {
  const outcomes = OPERATIONS.map(async ({ path, init, status }) => {
    const response = await fetch(edgeUrl + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.status === status;
  });
  const settled = await Promise.allSettled(outcomes);
  return settled.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
}
