import { median } from '../run/statistics.js';
import { predictCores } from './capacity.js';
import type { Constants, Kind } from './constants.js';
import { sumProcesses, toCost, type Round, type Work } from './cpu-samples.js';
import { splitHeartbeatCost } from './heartbeat-cost.js';
import type { RequestKind } from './request-mix.js';

export type CostName = Kind | 'fewHeartbeats';

/** The costs that a capacity is calculated from. */
export type Costs = Pick<Constants, 'costs' | 'batchCost'>;

/** Heartbeats per second of the two samples from which their cost is derived. */
export interface HeartbeatRates {
  readonly few: number;
  readonly many: number;
}

/** Returns the costs that one round measured. Negative ones remain, so that errors cancel out in sums. */
export function toRoundCosts({ fewHeartbeats, ...round }: Round<CostName, Work>, { few, many }: HeartbeatRates): Costs {
  const entries = Object.entries<Work>(round).map(([kind, work]) => [kind, toCost(work)]);
  const measured = Object.fromEntries(entries) as Constants['costs'];
  const { heartbeat, batch } = splitHeartbeatCost(
    { requestsPerSecond: few, cost: toCost(fewHeartbeats) },
    { requestsPerSecond: many, cost: measured.heartbeat },
  );
  return { costs: { ...measured, heartbeat }, batchCost: batch };
}

/** CPU cores of all processes during a load. */
export function predictTotalCores(
  counts: Readonly<Record<RequestKind, number>>,
  seconds: number,
  costs: Costs,
): number {
  const perSecond = Object.entries(counts).map(([kind, count]) => [kind, count / seconds]);
  return sumProcesses(predictCores(Object.fromEntries(perSecond) as Record<RequestKind, number>, costs));
}

/**
 * Returns the differences of predicted to measured values in percent. They are positive if the median of the predictions
 * deviates in their direction, so that their median is the size of the error, and rounds that deviate in different
 * directions cancel out.
 *
 * @param ratios predicted divided by measured, one per round
 */
export function toDifferences(ratios: readonly number[]): readonly number[] {
  const direction = median(ratios) < 1 ? -1 : 1;
  return ratios.map((ratio) => direction * 100 * (ratio - 1));
}
