import { readCpuSeconds } from './proc.js';

/** Returns the process IDs of one side of a comparison. They can change during a measurement. */
export type ListPids = () => readonly number[] | Promise<readonly number[]>;

/**
 * Measures the CPU time that groups of processes use while `work` runs, in seconds. A process that starts during
 * the work counts completely. One that exits during it does not count.
 */
export async function meterCpu<Group extends string, Result>(
  groups: Readonly<Record<Group, ListPids>>,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly cpuSeconds: Readonly<Record<Group, number>> }> {
  const before = await readGroups(groups);
  const result = await work();
  const after = await readGroups(groups);
  const entries = Object.entries<Map<number, number>>(after).map(([group, times]) => {
    const used = [...times].map(([pid, seconds]) => seconds - (before[group as Group].get(pid) ?? 0));
    return [group, used.reduce((sum, seconds) => sum + seconds, 0)];
  });
  return { result, cpuSeconds: Object.fromEntries(entries) as Record<Group, number> };
}

async function readGroups<Group extends string>(
  groups: Readonly<Record<Group, ListPids>>,
): Promise<Record<Group, Map<number, number>>> {
  const entries = Object.entries<ListPids>(groups).map(async ([group, listPids]) => {
    const pids = await listPids();
    const seconds = await Promise.all(pids.map((pid) => readCpuSeconds(pid)));
    return [group, new Map(pids.map((pid, index) => [pid, seconds[index] ?? 0]))] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Group, Map<number, number>>;
}
