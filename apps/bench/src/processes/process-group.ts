import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 20;

/** The command that starts a process. */
export interface ProcessCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Processes that a bench starts and stops together. No supervisor restarts them. */
export class ProcessGroup {
  private readonly children = new Map<string, ChildProcess>();

  constructor(private readonly commands: readonly ProcessCommand[]) {}

  get names(): readonly string[] {
    return this.commands.map(({ name }) => name);
  }

  get pids(): readonly number[] {
    return [...this.children.values()].map(({ pid = 0 }) => pid);
  }

  /** Starts all processes together. @returns seconds until all are ready */
  async start(): Promise<number> {
    const startedAt = performance.now();
    await Promise.all(this.commands.map((command) => this.run(command)));
    return (performance.now() - startedAt) / 1000;
  }

  /** Sends SIGKILL to one process. */
  async kill(name: string): Promise<void> {
    const child = this.children.get(name);
    this.children.delete(name);
    if (child) await terminate(child, 'SIGKILL');
  }

  /** Starts a process that was killed. */
  async restart(name: string): Promise<void> {
    for (const command of this.commands) if (command.name === name) await this.run(command);
  }

  async stop(): Promise<void> {
    const children = [...this.children.values()];
    this.children.clear();
    await Promise.all(children.map((child) => terminate(child, 'SIGTERM')));
  }

  private async run({ name, command, args, env, cwd }: ProcessCommand): Promise<void> {
    const child = spawn(command, args, { cwd, env, stdio: 'ignore' });
    this.children.set(name, child);
    const readyUrl = `http://${env['HEALTH_ADDRESS']}/readyz`;
    const timeoutAt = performance.now() + READY_TIMEOUT_MS;
    for (;;) {
      const isReady = await fetch(readyUrl).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return;
      const outcome = child.exitCode ?? child.signalCode;
      if (outcome !== null) throw new Error(`${name} ended with ${outcome}`);
      if (performance.now() > timeoutAt) throw new Error(`${name} is not ready`);
      await sleep(POLL_INTERVAL_MS);
    }
  }
}

async function terminate(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
