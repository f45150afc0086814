import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog, tailOf } from './log-file.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { endProcess, killGroup, type RunLedger } from './run-ledger.ts';

const READY_POLL_MS = 100;
const BACK_OFF_MS = { first: 500, longest: 15_000 };
/** A process that lived so long starts again with the shortest wait. */
const HEALTHY_AFTER_MS = 30_000;

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user to run as, for programs that refuse to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly logFile: string;
  /** Asked until it answers true. */
  readonly isReady: () => Promise<boolean>;
  /** How it wants to be asked to end; SIGTERM unless told. */
  readonly stopSignal?: NodeJS.Signals;
  readonly stopWithinMs?: number;
  /** Whether the end of it before it was ever ready is final: a wrong argument will not mend itself. */
  readonly failsEarly?: boolean;
}

export type ProcessState = 'stopped' | 'starting' | 'ready' | 'crashed';

export interface ProcessStatus {
  readonly name: string;
  readonly pid: number | null;
  readonly state: ProcessState;
  /** For people: why it crashed, when it is started again. */
  readonly note?: string;
}

/** Keeps one program running until it is told to stop: started again after a crash, each time a little later. */
export class SupervisedProcess {
  private readonly spec: ProcessSpec;
  private readonly ledger: RunLedger;
  private readonly onChange: (status: ProcessStatus) => void;
  private child: ChildProcess | undefined;
  private identity: ProcessIdentity | undefined;
  private wanted = false;
  private current: ProcessStatus;
  private crashes = 0;
  private restarting: NodeJS.Timeout | undefined;

  constructor(spec: ProcessSpec, ledger: RunLedger, onChange: (status: ProcessStatus) => void) {
    this.spec = spec;
    this.ledger = ledger;
    this.onChange = onChange;
    this.current = { name: spec.name, pid: null, state: 'stopped' };
  }

  get name(): string {
    return this.spec.name;
  }

  get status(): ProcessStatus {
    return this.current;
  }

  get logFile(): string {
    return this.spec.logFile;
  }

  /** Does nothing when it runs. */
  start(): void {
    this.wanted = true;
    if (this.child !== undefined || this.restarting !== undefined) return;
    this.launch();
  }

  /** @throws Error with the end of its log when it failed for good, or was stopped meanwhile */
  async whenReady(): Promise<void> {
    while (this.current.state !== 'ready') {
      if (!this.wanted) {
        throw new Error(
          `${this.name} ended before it was ready (${this.current.note ?? 'stopped'})\n${this.logTail()}`,
        );
      }
      await delay(READY_POLL_MS);
    }
  }

  /** Asks it to end, kills it when it does not. */
  async stop(): Promise<void> {
    await this.end(this.spec.stopSignal ?? 'SIGTERM', this.spec.stopWithinMs ?? 8000);
  }

  /** SIGKILL, and not started again until `start`. */
  async kill(): Promise<void> {
    await this.end('SIGKILL', 0);
  }

  logTail(): string {
    return tailOf(this.spec.logFile);
  }

  private async end(signal: NodeJS.Signals, patienceMs: number): Promise<void> {
    this.wanted = false;
    clearTimeout(this.restarting);
    this.restarting = undefined;
    const { identity, child } = this;
    if (identity === undefined || child === undefined) return this.change('stopped');
    await endProcess(identity, signal, patienceMs);
    while (this.child === child) await delay(10);
  }

  private launch(): void {
    const { command, args, env, cwd, user, logFile, name } = this.spec;
    this.restarting = undefined;
    mkdirSync(dirname(logFile), { recursive: true });
    rotateLog(logFile);
    const log = openSync(logFile, 'a');
    // Its own session: Ctrl-C at the terminal must reach the supervisor alone, which stops the parts in order.
    const child = spawn(command, args, { env, cwd, ...user, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    const startedAt = Date.now();
    let over = false;
    const onEnd = (why: string) => {
      if (over) return;
      over = true;
      if (child.pid !== undefined) killGroup(child.pid);
      this.ended(child, why, Date.now() - startedAt);
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('exit', (code, signal) => onEnd(signal === null ? `exit code ${code}` : signal));
    if (child.pid !== undefined) {
      this.ledger.record(name, child.pid);
      this.identity = identify(child.pid);
    }
    this.change('starting');
    void this.watchReadiness(child);
  }

  private async watchReadiness(child: ChildProcess): Promise<void> {
    while (this.child === child) {
      if (await this.spec.isReady().catch(() => false)) {
        if (this.child === child) this.change('ready');
        return;
      }
      await delay(READY_POLL_MS);
    }
  }

  private ended(child: ChildProcess, why: string, livedMs: number): void {
    if (this.child !== child) return;
    const wasReady = this.current.state === 'ready';
    this.child = undefined;
    this.identity = undefined;
    this.ledger.forget(this.name);
    if (!this.wanted) return this.change('stopped');
    if (this.spec.failsEarly === true && !wasReady) {
      this.wanted = false;
      return this.change('crashed', why);
    }
    this.crashes = livedMs > HEALTHY_AFTER_MS ? 1 : this.crashes + 1;
    const waitMs = Math.min(BACK_OFF_MS.first * 2 ** (this.crashes - 1), BACK_OFF_MS.longest);
    this.change('crashed', `${why}; started again in ${waitMs / 1000} s; log: ${this.spec.logFile}`);
    this.restarting = setTimeout(() => this.launch(), waitMs);
  }

  private change(state: ProcessState, note?: string): void {
    this.current = { name: this.name, pid: this.child?.pid ?? null, state, ...(note === undefined ? {} : { note }) };
    this.onChange(this.current);
  }
}
