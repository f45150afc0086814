import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rotateLog, tailLog } from './log-file.ts';
import { killGroup, terminate, type PidRegistry } from './pid-registry.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';

const READY_POLL_MS = 100;
const RESTART_DELAY_MS = { first: 500, max: 15_000 };
/** A process that has run this long restarts with the shortest delay. */
const HEALTHY_AFTER_MS = 30_000;

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user to run as, for programs that do not run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly logFile: string;
  /** Polled until it returns true. */
  readonly isReady: () => Promise<boolean>;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Time from the stop signal to SIGKILL. Default 8000. */
  readonly graceMs?: number;
  /** Does not restart a process that exits before it is ready, because a wrong argument does not correct itself. */
  readonly isEarlyExitFinal?: boolean;
}

export type ProcessState = 'stopped' | 'starting' | 'ready' | 'crashed';

export interface ProcessStatus {
  readonly name: string;
  readonly pid: number | null;
  readonly state: ProcessState;
  /** Human-readable reason of a crash, and the time of the restart. */
  readonly note?: string;
}

/** Keeps a program running until it is stopped. Restarts it after a crash, with increasing delays. */
export class SupervisedProcess {
  private readonly spec: ProcessSpec;
  private readonly registry: PidRegistry;
  private readonly onChange: (status: ProcessStatus) => void;
  private child: ChildProcess | undefined;
  private identity: ProcessIdentity | undefined;
  private shouldRun = false;
  private current: ProcessStatus;
  private crashCount = 0;
  private restartTimer: NodeJS.Timeout | undefined;

  constructor(spec: ProcessSpec, registry: PidRegistry, onChange: (status: ProcessStatus) => void) {
    this.spec = spec;
    this.registry = registry;
    this.onChange = onChange;
    this.current = { name: spec.name, pid: null, state: 'stopped' };
  }

  get status(): ProcessStatus {
    return this.current;
  }

  /** Does nothing if the process is running. */
  start(): void {
    this.shouldRun = true;
    if (this.child === undefined && this.restartTimer === undefined) this.launch();
  }

  /** @throws Error with the end of the log if the process failed permanently, was stopped, or is not ready in time */
  async whenReady(timeoutMs = Infinity): Promise<void> {
    const startedAt = performance.now();
    while (this.current.state !== 'ready') {
      if (!this.shouldRun) throw this.notReady(`exited before it was ready (${this.current.note ?? 'stopped'})`);
      if (performance.now() - startedAt > timeoutMs) throw this.notReady(`is not ready after ${timeoutMs / 1000} s`);
      await sleep(READY_POLL_MS);
    }
  }

  private notReady(state: string): Error {
    const { name, logFile } = this.spec;
    return new Error(`${name} ${state}. Log: ${logFile}\n${tailLog(logFile)}`);
  }

  /** Sends the stop signal, and SIGKILL after the grace time. The process is not restarted until `start` is called. */
  async stop(signal = this.spec.stopSignal ?? 'SIGTERM', graceMs = this.spec.graceMs ?? 8000): Promise<void> {
    this.shouldRun = false;
    clearTimeout(this.restartTimer);
    this.restartTimer = undefined;
    const { identity, child } = this;
    if (identity === undefined || child === undefined) return this.change('stopped');
    await terminate(identity, signal, graceMs);
    while (this.child === child) await sleep(10);
  }

  private launch(): void {
    const { command, args, env, cwd, user, logFile, name } = this.spec;
    this.restartTimer = undefined;
    mkdirSync(dirname(logFile), { recursive: true });
    rotateLog(logFile);
    const log = openSync(logFile, 'a');
    // A separate session, so that Ctrl-C only reaches the supervisor, which stops the processes in order.
    const child = spawn(command, args, { env, cwd, ...user, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    const startedAt = Date.now();
    const onExit = (reason: string) => {
      if (this.child !== child) return;
      if (child.pid !== undefined) killGroup(child.pid);
      this.handleExit(reason, Date.now() - startedAt);
    };
    child.once('error', (error) => onExit(error.message));
    child.once('exit', (code, signal) => onExit(signal === null ? `exit code ${code}` : signal));
    if (child.pid !== undefined) {
      this.registry.add(name, child.pid);
      this.identity = identify(child.pid);
    }
    this.change('starting');
    void this.waitUntilReady(child);
  }

  private async waitUntilReady(child: ChildProcess): Promise<void> {
    while (this.child === child) {
      if (await this.spec.isReady().catch(() => false)) {
        if (this.child === child) this.change('ready');
        return;
      }
      await sleep(READY_POLL_MS);
    }
  }

  private handleExit(reason: string, runtimeMs: number): void {
    const wasReady = this.current.state === 'ready';
    this.child = undefined;
    this.identity = undefined;
    this.registry.remove(this.spec.name);
    if (!this.shouldRun) return this.change('stopped');
    if (this.spec.isEarlyExitFinal === true && !wasReady) {
      this.shouldRun = false;
      return this.change('crashed', reason);
    }
    this.crashCount = runtimeMs > HEALTHY_AFTER_MS ? 1 : this.crashCount + 1;
    const delayMs = Math.min(RESTART_DELAY_MS.first * 2 ** (this.crashCount - 1), RESTART_DELAY_MS.max);
    this.change('crashed', `${reason}. Restart in ${delayMs / 1000} s. Log: ${this.spec.logFile}`);
    this.restartTimer = setTimeout(() => this.launch(), delayMs);
  }

  private change(state: ProcessState, note?: string): void {
    const pid = this.child?.pid ?? null;
    this.current = { name: this.spec.name, pid, state, ...(note === undefined ? {} : { note }) };
    this.onChange(this.current);
  }
}
