import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGib: number;
  readonly node: string;
}

export function readMachine(): Machine {
  const memoryGib = Math.round(totalmem() / 1024 ** 3);
  return { cores: availableParallelism(), cpu: cpus()[0]?.model.trim() ?? 'unknown', memoryGib, node: process.version };
}

/** Returns the commit of the working tree, with a suffix if it has changes. Empty outside of a repository. */
export function readCommit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=9'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
