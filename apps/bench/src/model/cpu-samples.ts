import { median } from '../run/statistics.js';
import { PROCESSES, type Cost, type ProcessName } from './constants.js';

export type ByProcess = Readonly<Record<ProcessName, number>>;

/** Requests and the CPU time that they used. */
export interface Work {
  /** Requests. */
  readonly count: number;
  /** Can be negative after the idle platform is subtracted, so that errors cancel out in sums. */
  readonly cpuSeconds: ByProcess;
}

/** Work as measured, including what the idle platform uses. */
export interface Sample extends Work {
  readonly seconds: number;
  /** Cores that the idle platform used right after the work. */
  readonly idleCores: ByProcess;
}

/** One round: each name has one sample. */
export type Round<Name extends string, Value> = Readonly<Record<Name, Value>>;

/** @returns the samples of each round by name. @throws RangeError if a name has too few samples */
export function toRounds<Name extends string, Value>(
  samples: Readonly<Record<Name, readonly Value[]>>,
): readonly Round<Name, Value>[] {
  const entries = Object.entries<readonly Value[]>(samples);
  const count = Math.max(...entries.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, round) => {
    const values = entries.map(([name, ofName]) => {
      if (ofName.length !== count) throw new RangeError(`${name}: ${ofName.length} samples instead of ${count}`);
      return [name, ofName[round]];
    });
    return Object.fromEntries(values) as Round<Name, Value>;
  });
}

/**
 * Subtracts the CPU time of the idle platform. Uses the mean of all idle samples of the round: its periodic tasks have
 * periods of seconds, so that one short sample contains too many or too few of them.
 */
export function subtractIdle<Name extends string>(round: Round<Name, Sample>): Round<Name, Work> {
  const samples = Object.values<Sample>(round);
  const idleCores = mapProcesses(
    (name) => samples.reduce((sum, sample) => sum + sample.idleCores[name], 0) / samples.length,
  );
  const entries = Object.entries<Sample>(round).map(([variant, { count, seconds, cpuSeconds }]) => {
    const aboveIdle = mapProcesses((name) => cpuSeconds[name] - seconds * idleCores[name]);
    return [variant, { count, cpuSeconds: aboveIdle }];
  });
  return Object.fromEntries(entries) as Round<Name, Work>;
}

/** CPU time per request. */
export function toCost({ count, cpuSeconds }: Work): Cost {
  return mapProcesses((name) => (1000 * cpuSeconds[name]) / count);
}

/** The median of each process. */
export function toMedianCost(costs: readonly Cost[]): Cost {
  return mapProcesses((name) => median(costs.map((cost) => cost[name])));
}

/** Replaces negative costs, which are errors of a measurement. */
export function withoutNegatives(cost: Cost): Cost {
  return mapProcesses((name) => Math.max(0, cost[name]));
}

export function sumProcesses(values: ByProcess): number {
  return PROCESSES.reduce((total, name) => total + values[name], 0);
}

export function mapProcesses(map: (name: ProcessName) => number): ByProcess {
  return Object.fromEntries(PROCESSES.map((name) => [name, map(name)])) as Record<ProcessName, number>;
}
