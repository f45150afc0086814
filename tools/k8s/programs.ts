import { execa, type ResultPromise } from 'execa';

export interface RunOptions {
  readonly reject?: boolean;
  readonly cwd?: string;
  /** Runs even after endPrograms: it cleans up. */
  readonly isLast?: boolean;
  /** Called with each line that the program prints. */
  readonly onLine?: (line: string) => void;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they were written. */
  readonly all: string;
}

const running = new Set<ResultPromise>();
let isEnding = false;

/**
 * Runs a program to its end, also when we are told to stop meanwhile: a helm whose reader is gone dies in the middle of
 * taking an upgrade back, and leaves a release that no helm touches any more.
 *
 * @throws ExecaError when the program fails, unless `reject` is false
 * @throws Error after endPrograms
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  if (isEnding && options.isLast !== true) throw new Error('Interrupted.');
  const { reject = true, cwd, onLine } = options;
  const child = execa(program, args, { stdin: 'ignore', all: true, reject, ...(cwd !== undefined && { cwd }) });
  running.add(child);
  if (onLine !== undefined) child.stdout.on('data', (text: Buffer) => onLine(text.toString().trim()));
  try {
    const { exitCode = 1, stdout, stderr, all } = await child;
    return { exitCode, stdout, stderr, all };
  } finally {
    running.delete(child);
  }
}

/** Whether endPrograms was called. */
export function isInterrupted(): boolean {
  return isEnding;
}

/** Tells all that runs to end, and lets nothing begin any more. */
export function endPrograms(): void {
  isEnding = true;
  for (const child of running) child.kill('SIGTERM');
}
