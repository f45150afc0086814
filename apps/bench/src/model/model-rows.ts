import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { KINDS, PROCESSES, type Cost, type Kind } from './constants.js';
import { sumProcesses, toMedianCost, withoutNegatives } from './cpu-samples.js';
import { toDifferences, type Costs } from './prediction.js';

/** The CPU cores of one load in one round, predicted from the costs of the same round. */
export interface Check {
  readonly predictedCores: number;
  readonly measuredCores: number;
}

/** @param rounds the costs of each round */
export function toCostRows(rounds: readonly Costs[], writtenRows: number): readonly Row[] {
  return [
    ...KINDS.map((kind) =>
      toCostRow(
        kind,
        rounds.map(({ costs }) => costs[kind]),
        kind === 'heartbeat' ? { writtenRows } : {},
      ),
    ),
    toCostRow(
      'batch',
      rounds.map(({ batchCost }) => batchCost),
    ),
  ];
}

function toCostRow(kind: Kind | 'batch', costs: readonly Cost[], details: Readonly<Record<string, number>> = {}): Row {
  const cost = withoutNegatives(toMedianCost(costs));
  const byProcess = Object.fromEntries(PROCESSES.map((name) => [`${name}Ms`, cost[name]]));
  const text = {
    id: `model.cost-${kind}`,
    title: kind === 'batch' ? 'CPU time of a batch of heartbeats, all processes' : `CPU time of ${kind}, all processes`,
    unit: 'ms',
    baseline: 'idle platform',
  };
  return toRow({ ...text, details: { ...byProcess, ...details } }, costs.map(sumProcesses));
}

export function toCheckRow(name: string, viewers: number, requestsPerSecond: number, checks: readonly Check[]): Row {
  const ratios = checks.map(({ predictedCores, measuredCores }) => predictedCores / measuredCores);
  return toRow(
    {
      id: `model.check-${name}`,
      title: `${name} load of ${Math.round(viewers)} viewers`,
      unit: '%',
      baseline: 'measured CPU time of all processes',
      target: { is: 'at most', value: 15 },
      details: {
        requestsPerSecond,
        predictedCores: median(checks.map(({ predictedCores }) => predictedCores)),
        measuredCores: median(checks.map(({ measuredCores }) => measuredCores)),
      },
    },
    toDifferences(ratios),
  );
}
