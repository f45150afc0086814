import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 50;

/**
 * Who was started, one file each: what a supervisor that was killed leaves for the next one to find.
 */
export class RunLedger {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  record(name: string, pid: number): void {
    const identity = identify(pid);
    if (identity !== undefined) writeFileSync(this.path(name), JSON.stringify(identity));
  }

  forget(name: string): void {
    rmSync(this.path(name), { force: true });
  }

  /** @returns undefined when it was never started, or has ended */
  find(name: string): ProcessIdentity | undefined {
    try {
      const identity = JSON.parse(readFileSync(this.path(name), 'utf8')) as ProcessIdentity;
      return isAlive(identity) ? identity : undefined;
    } catch {
      return undefined;
    }
  }

  /** Names of everything recorded here that still runs. */
  living(): string[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((name) => this.find(name) !== undefined);
  }

  /**
   * Ends what a killed supervisor left behind: asked first, killed after `patienceMs`.
   *
   * @returns names of what was ended
   */
  async endLeftovers({ patienceMs = 5000 } = {}): Promise<string[]> {
    const names = this.living();
    await Promise.all(
      names.map(async (name) => {
        const identity = this.find(name);
        // SIGINT is PostgreSQL's request to end sessions instead of waiting for them; every other part takes it too.
        if (identity !== undefined) await endProcess(identity, 'SIGINT', patienceMs);
        this.forget(name);
      }),
    );
    return names;
  }

  private path(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}

/** Sends `signal`, and SIGKILL to the whole process group when it still runs after `patienceMs`. Returns when it is gone. */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  const killAt = Date.now() + patienceMs;
  if (isAlive(identity)) send(identity.pid, signal);
  while (isAlive(identity)) {
    if (Date.now() >= killAt) killGroup(identity.pid);
    await delay(POLL_MS);
  }
  killGroup(identity.pid);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Kills a group whose leader was `pid`: children of a killed leader go on without it. */
export function killGroup(pid: number): void {
  send(-pid, 'SIGKILL');
}
