import { execa } from 'execa';

/** Stops the running programs, and prevents others from starting. */
export const interruption = new AbortController();

export interface RunOptions {
  readonly reject?: boolean;
  readonly input?: string;
  /** Destination of the output. Default: the result. */
  readonly stdio?: 'inherit';
  /** Stops the program. Default: the interruption. */
  readonly cancelSignal?: AbortSignal;
  /** Starts even after an interruption, and ignores it. */
  readonly isCleanup?: boolean;
}

/**
 * Runs a program until it exits, even after an interruption, because helm must complete a rollback.
 *
 * @throws Error with the output of the program if it fails, unless `reject` is false
 * @throws Error after an interruption, unless `isCleanup` is true
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}) {
  const { reject = true, input, stdio = 'pipe', cancelSignal = interruption.signal, isCleanup = false } = options;
  if (!isCleanup) interruption.signal.throwIfAborted();
  const result = await execa(program, args, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(!isCleanup && { cancelSignal }),
    stdout: stdio,
    stderr: stdio,
    all: true,
    reject: false,
    forceKillAfterDelay: false,
  });
  const { exitCode, stdout = '', stderr = '', all = '', shortMessage = '' } = result;
  if (result.failed && reject) throw new Error(result.isCanceled ? 'Interrupted.' : (all || shortMessage).trim());
  return { exitCode, stdout, stderr, all };
}
