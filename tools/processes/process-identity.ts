import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identifies a process reliably. A process ID can be reused, but not with the same start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot on Linux, a date on macOS. Only compared for equality. */
  readonly startTime: string;
}

/**
 * Parses field 22 of /proc/<pid>/stat (proc(5)). The program name in parentheses can contain spaces and parentheses.
 *
 * @returns undefined if the process has exited and its parent has not waited for it yet
 */
export function parseStartTime(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** @returns undefined if no such process is running */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const startTime =
      process.platform === 'linux'
        ? parseStartTime(readFileSync(`/proc/${pid}/stat`, 'utf8'))
        : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return startTime === undefined || startTime === '' ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return identify(pid)?.startTime === startTime;
}
