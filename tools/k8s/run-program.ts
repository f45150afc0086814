import { execa, ExecaError, type ResultPromise } from 'execa';

export interface RunOptions {
  readonly reject?: boolean;
  readonly cwd?: string;
  /** Allows the program to start after an interrupt, to clean up. */
  readonly isCleanup?: boolean;
  /** Stops the program. Requires `reject: false`. */
  readonly cancelSignal?: AbortSignal;
  /** Receives the output while the program runs. */
  readonly onOutput?: (text: string) => void;
}

const running = new Set<ResultPromise>();
let isStopping = false;

/**
 * Runs a program until it exits, also after an interrupt: helm must complete a rollback, or the release stays pending.
 *
 * @throws ExecaError if the program fails, unless `reject` is false
 * @throws Error after an interrupt, unless `isCleanup` is true
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}) {
  const { reject = true, isCleanup = false, onOutput, ...rest } = options;
  if (isStopping && !isCleanup) throw new Error('Interrupted.');
  const child = execa(program, args, { stdin: 'ignore', all: true, reject, ...rest });
  running.add(child);
  if (onOutput !== undefined) child.stdout.on('data', (text: Buffer) => onOutput(text.toString().trim()));
  try {
    const { exitCode = 1, stdout, stderr, all, code } = await child;
    if (code === 'ENOENT') throw new Error(`${program} is not installed.`);
    return { exitCode, stdout, stderr, all };
  } finally {
    running.delete(child);
  }
}

export function isInterrupted(): boolean {
  return isStopping;
}

/** Sends SIGTERM to all running programs and prevents that others start. */
export function interruptPrograms(): void {
  isStopping = true;
  for (const child of running) child.kill('SIGTERM');
}

/** Returns the output of a failed program without its command line, or the message of another error. */
export function messageOf(error: unknown): string {
  if (error instanceof ExecaError) return String(error.all || error.stderr || error.shortMessage).trim();
  return error instanceof Error ? error.message : String(error);
}
