import { toBatchesPerSecond } from './capacity.js';
import type { Cost, ProcessName } from './constants.js';
import { mapProcesses } from './cpu-samples.js';

/** The measured CPU time per heartbeat at one rate. */
interface HeartbeatSample {
  readonly requestsPerSecond: number;
  readonly cost: Cost;
}

/** The cost of a batch, and that of each of its heartbeats. */
interface HeartbeatCost {
  readonly heartbeat: Cost;
  readonly batch: Cost;
}

/**
 * Splits the cost of heartbeats. A batch costs a transaction, a message per partition, and a transaction of each consumer,
 * with one heartbeat or with hundreds. Many heartbeats per second share its cost, a few do not.
 *
 * Costs can be negative, because the samples have measurement errors.
 */
export function splitHeartbeatCost(few: HeartbeatSample, many: HeartbeatSample): HeartbeatCost {
  const [fewShare, manyShare] = [toBatchShare(few), toBatchShare(many)];
  const batchOf = (name: ProcessName) => (few.cost[name] - many.cost[name]) / (fewShare - manyShare);
  return {
    heartbeat: mapProcesses((name) => many.cost[name] - batchOf(name) * manyShare),
    batch: mapProcesses(batchOf),
  };
}

/** Batches per heartbeat. */
function toBatchShare({ requestsPerSecond }: HeartbeatSample): number {
  return toBatchesPerSecond(requestsPerSecond, 1) / requestsPerSecond;
}
