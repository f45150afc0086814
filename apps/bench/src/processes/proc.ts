import { readFile, readdir } from 'node:fs/promises';

const NANOSECONDS_PER_SECOND = 1e9;

/**
 * Returns the CPU time that a process has used, of all its threads, in seconds. The resolution is a nanosecond, whereas
 * /proc/PID/stat counts in steps of 10 ms.
 *
 * @param threadName counts only the threads with this name
 * @returns 0 if the process does not exist
 */
export async function readCpuSeconds(pid: number, threadName?: string): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const read = (thread: string, file: string) =>
    readFile(`/proc/${pid}/task/${thread}/${file}`, 'utf8').catch(() => '0');
  const times = threads.map(async (thread) => {
    if (threadName !== undefined && (await read(thread, 'comm')).trim() !== threadName) return 0;
    return Number((await read(thread, 'schedstat')).split(' ', 1)[0]) / NANOSECONDS_PER_SECOND;
  });
  return (await Promise.all(times)).reduce((sum, seconds) => sum + seconds, 0);
}

/** Returns the proportional set size in MiB: pages that several processes share count in part for each. */
export async function readPssMib(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (kib === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no Pss`);
  return Number(kib) / 1024;
}
