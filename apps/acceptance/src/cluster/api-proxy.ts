import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cluster } from './cluster-config.js';

const POLL_INTERVAL_MS = 100;

let proxy: ChildProcess | undefined;

/**
 * Forwards a Unix socket to the API server with the credentials of kubectl, while the spec files run. They poll the API
 * server several times per second, and a kubectl process per request would use the CPU that they measure.
 */
export async function setup(): Promise<void> {
  const { apiSocket } = cluster;
  proxy = spawn('kubectl', ['proxy', `--unix-socket=${apiSocket}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(proxy, 'spawn');
  while (!existsSync(apiSocket)) {
    if (proxy.exitCode !== null) throw new Error(`kubectl proxy exited with ${proxy.exitCode}`);
    await delay(POLL_INTERVAL_MS);
  }
}

export function teardown(): void {
  proxy?.kill();
}
