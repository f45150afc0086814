import { execa, ExecaError } from 'execa';

/** Stops the running programs, and prevents that others start. */
export const interruption = new AbortController();

export interface RunOptions {
  readonly reject?: boolean;
  readonly input?: string;
  /** Where the output goes. Default: into the result. */
  readonly stdio?: 'inherit';
  /** Stops the program. Default: the interruption. */
  readonly cancelSignal?: AbortSignal;
  /** Also starts after an interruption, and ignores it. */
  readonly isCleanup?: boolean;
}

/**
 * Runs a program until it exits, also after an interruption: helm must complete a rollback, or the release stays pending.
 *
 * @throws ExecaError if the program fails, unless `reject` is false
 * @throws Error after an interruption, unless `isCleanup` is true
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}) {
  const { reject = true, input, stdio = 'pipe', cancelSignal = interruption.signal, isCleanup = false } = options;
  if (!isCleanup) interruption.signal.throwIfAborted();
  const { exitCode, stdout, stderr, all } = await execa(program, args, {
    ...{ reject, stdout: stdio, stderr: stdio, all: true, forceKillAfterDelay: false },
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(!isCleanup && { cancelSignal }),
  });
  return { exitCode, stdout: stdout ?? '', stderr: stderr ?? '', all: all ?? '' };
}

/** Returns the output of a failed program without its command line, or the message of another error. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ExecaError)) return error instanceof Error ? error.message : String(error);
  return error.isCanceled ? 'Interrupted.' : String(error.all || error.shortMessage).trim();
}
