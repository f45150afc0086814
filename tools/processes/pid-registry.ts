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

  /**
   * Terminates all recorded processes, with SIGKILL after `graceMs`.
   *
   * @returns the names of those that were running
   * @throws Error if one belongs to another user
   */
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

/**
 * Sends `signal`, and SIGKILL to the process group after `graceMs`. Resolves when the process has exited.
 *
 * @throws Error if the process belongs to another user
 */
export async function terminate(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const { pid } = identity;
  const killAt = Date.now() + graceMs;
  if (isAlive(identity) && send(pid, signal) === 'EPERM')
    throw new Error(`No permission to stop process ${pid}. Stop it as its user or as root.`);
  while (isAlive(identity)) {
    if (Date.now() >= killAt) killGroup(pid);
    await sleep(POLL_INTERVAL_MS);
  }
  killGroup(pid);
}

/** Kills a process group, because the children of a killed process continue to run. */
export function killGroup(pid: number): void {
  // EPERM does not matter: macOS also returns it for a group whose processes have all exited.
  send(-pid, 'SIGKILL');
}

/** @returns the code of the error: ESRCH if the process has exited in the meantime, EPERM if it is that of another user */
function send(pid: number, signal: NodeJS.Signals): string | undefined {
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}
