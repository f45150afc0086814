import { toBatchesPerSecond } from './capacity.js';
import { PROCESSES, type Cost, type ProcessName } from './constants.js';

/** The measured CPU time per heartbeat at one rate. */
interface HeartbeatSample {
  readonly requestsPerSecond: number;
  readonly cost: Cost;
}

/**
 * Splits the cost of heartbeats. A batch costs a transaction, a message per partition, and a transaction of each consumer,
 * with one heartbeat or with hundreds. Many heartbeats per second share its cost, a few do not.
 *
 * @returns the cost of a batch, and that of each of its heartbeats
 */
export function splitHeartbeatCost(
  few: HeartbeatSample,
  many: HeartbeatSample,
): { readonly heartbeat: Cost; readonly batch: Cost } {
  const [fewShare, manyShare] = [toBatchShare(few), toBatchShare(many)];
  const split = (name: ProcessName): { heartbeat: number; batch: number } => {
    const batch = Math.max(0, (few.cost[name] - many.cost[name]) / (fewShare - manyShare));
    return { heartbeat: Math.max(0, many.cost[name] - batch * manyShare), batch };
  };
  const toCost = (kind: 'heartbeat' | 'batch'): Cost =>
    Object.fromEntries(PROCESSES.map((name) => [name, split(name)[kind]])) as Record<ProcessName, number>;
  return { heartbeat: toCost('heartbeat'), batch: toCost('batch') };
}

/** Batches per heartbeat. */
function toBatchShare({ requestsPerSecond }: HeartbeatSample): number {
  return toBatchesPerSecond(requestsPerSecond, 1) / requestsPerSecond;
}
