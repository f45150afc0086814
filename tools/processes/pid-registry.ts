import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_INTERVAL_MS = 50;

/** Records each started process in a file, so that the next supervisor finds the processes of a killed one. */
export class PidRegistry {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  add(name: string, pid: number): void {
    const identity = identify(pid);
    if (identity !== undefined) writeFileSync(this.path(name), JSON.stringify(identity));
  }

  remove(name: string): void {
    rmSync(this.path(name), { force: true });
  }

  /** @returns undefined if the process was not started or has exited */
  find(name: string): ProcessIdentity | undefined {
    try {
      const identity = JSON.parse(readFileSync(this.path(name), 'utf8')) as ProcessIdentity;
      return isAlive(identity) ? identity : undefined;
    } catch {
      return undefined;
    }
  }

  /** Terminates all recorded processes, with SIGKILL after `graceMs`. @returns the names of those that were running */
  async terminateAll({ graceMs = 5000 } = {}): Promise<string[]> {
    const names = readdirSync(this.folder).map((file) => file.replace(/\.json$/, ''));
    const terminated = await Promise.all(
      names.map(async (name) => {
        const identity = this.find(name);
        // PostgreSQL closes its sessions on SIGINT, but waits for them on SIGTERM. Other processes accept SIGINT, too.
        if (identity !== undefined) await terminate(identity, 'SIGINT', graceMs);
        this.remove(name);
        return identity === undefined ? [] : [name];
      }),
    );
    return terminated.flat();
  }

  private path(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}

/** Sends `signal`, and SIGKILL to the process group after `graceMs`. Resolves when the process has exited. */
export async function terminate(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const killAt = Date.now() + graceMs;
  if (isAlive(identity)) send(identity.pid, signal);
  while (isAlive(identity)) {
    if (Date.now() >= killAt) killGroup(identity.pid);
    await sleep(POLL_INTERVAL_MS);
  }
  killGroup(identity.pid);
}

/** Kills a process group, because the children of a killed process continue to run. */
export function killGroup(pid: number): void {
  send(-pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has exited in the meantime.
  }
}
