import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process beyond doubt: an id is given to another process some day, an id together with a start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own terms: clock ticks since boot on Linux, a date on macOS. Only ever compared. */
  readonly startTime: string;
}

/**
 * Field 22 of /proc/<pid>/stat (proc(5)), undefined for a process that has ended and was not waited for yet.
 * The name of the program, in parentheses, may hold spaces and parentheses itself.
 */
export function startTimeFromStat(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** @returns undefined when no such process lives */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const startTime =
      process.platform === 'linux'
        ? startTimeFromStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
        : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return startTime === undefined || startTime === '' ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return identify(pid)?.startTime === startTime;
}
