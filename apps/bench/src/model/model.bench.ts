import type { Bench, BenchContext } from '../run/bench.js';
import { interleave } from '../run/interleave.js';
import type { Row } from '../run/row.js';
import { countWritesPerRequest } from './count-writes.js';
import { subtractIdle, sumProcesses, toRounds, type Round, type Sample, type Work } from './cpu-samples.js';
import {
  chooseRates,
  LOAD_CORES,
  RATES_PER_VIEWER,
  type SINGLE_KINDS,
  type LoadName,
  type LoadRates,
} from './load-rates.js';
import { toCheckRow, toCostRows } from './model-rows.js';
import { createPlatformCpu, type PlatformCpu } from './platform-cpu.js';
import { predictTotalCores, toRoundCosts, type CostName, type Costs } from './prediction.js';
import { mixRequests, type RequestKind } from './request-mix.js';
import { createWorkload, type Workload } from './workload.js';

export const model: Bench = {
  name: 'model',
  summary: 'CPU time per kind of request in all processes, and three mixed loads that check the capacity model',
  run: benchModel,
};

/** A round takes two minutes. Even, so that each variant has every position equally often. */
const MAX_ROUNDS = 4;
/** Minimum CPU time of a load, above that of the idle platform, which is of the same size. */
const CPU_SECONDS = 2.5;
const LOADS = Object.keys(LOAD_CORES) as LoadName[];

/** Requests of one mixed load. */
interface Mix {
  readonly counts: Readonly<Record<RequestKind, number>>;
  readonly seconds: number;
}

type Mixes = Readonly<Record<LoadName, Mix[]>>;
type Variant = CostName | LoadName;

async function benchModel(context: BenchContext): Promise<readonly Row[]> {
  const { platform, onStep } = context;
  const { rounds, sliceSeconds } = context.options;
  const workload = await createWorkload(context);
  const cpu = await createPlatformCpu(platform);
  try {
    onStep('warming up, rates of all loads');
    const rates = await chooseRates(platform.edgeUrl, workload, cpu);
    const writtenRows = await countWritesPerRequest(platform.postgresUrl, () =>
      workload.send(workload.requests.heartbeat, rates.heartbeats.many, sliceSeconds),
    );
    onStep('each kind of request and three mixed loads');
    const mixes: Mixes = { low: [], medium: [], high: [] };
    const variants = createVariants(workload, cpu, rates, sliceSeconds, mixes);
    const samples = await interleave<Record<Variant, Sample>>(Math.min(rounds, MAX_ROUNDS), variants);
    const work = toRounds<Variant, Sample>(samples).map((round) => subtractIdle(round));
    const costs = work.map(({ low: _low, medium: _medium, high: _high, ...ofKinds }) =>
      toRoundCosts(ofKinds, rates.heartbeats),
    );
    return [
      ...toCostRows(costs, writtenRows),
      ...LOADS.map((name) => checkLoad(name, rates, work, costs, mixes[name])),
    ];
  } finally {
    await cpu.stop();
  }
}

/** The mixed loads are in the middle of a round, so that the costs are measured before and after them. */
function createVariants(
  { requests, send, playSessions }: Workload,
  cpu: PlatformCpu,
  rates: LoadRates,
  sliceSeconds: number,
  mixes: Mixes,
): Readonly<Record<Variant, (round: number) => Promise<Sample>>> {
  const secondsFor = (name: LoadName) => Math.max(4 * sliceSeconds, CPU_SECONDS / LOAD_CORES[name]);
  const sendKind = (kind: RequestKind, rate: number, seconds: number) => () =>
    cpu.measure(() => send(requests[kind], rate, seconds));
  const sendMixed = (name: LoadName) => (round: number) => {
    const [seconds, rate] = [secondsFor(name), rates.mixed[name]];
    const count = Math.round(rate * seconds);
    const { mixed, counts } = mixRequests(requests, RATES_PER_VIEWER, count, round * count);
    mixes[name].push({ counts, seconds });
    return cpu.measure(() => send(mixed, rate, seconds));
  };
  const single = (kind: (typeof SINGLE_KINDS)[number]) => sendKind(kind, rates.kinds[kind], 2 * sliceSeconds);
  return {
    cached: single('cached'),
    home: single('home'),
    list: single('list'),
    heartbeat: sendKind('heartbeat', rates.heartbeats.many, secondsFor('high')),
    low: sendMixed('low'),
    medium: sendMixed('medium'),
    high: sendMixed('high'),
    fewHeartbeats: sendKind('heartbeat', rates.heartbeats.few, secondsFor('low')),
    title: single('title'),
    search: single('search'),
    session: () => cpu.measure(() => playSessions(2 * sliceSeconds)),
  };
}

/** Compares a load of each round with the prediction from the costs of the same round. */
function checkLoad(
  name: LoadName,
  { mixed }: LoadRates,
  work: readonly Round<Variant, Work>[],
  costs: readonly Costs[],
  mixes: readonly Mix[],
): Row {
  const checks = work.map((round, index) => {
    const [mix, ofRound] = [mixes[index], costs[index]];
    if (mix === undefined || ofRound === undefined) throw new RangeError(`no costs of round ${index}`);
    return {
      predictedCores: predictTotalCores(mix.counts, mix.seconds, ofRound),
      measuredCores: sumProcesses(round[name].cpuSeconds) / mix.seconds,
    };
  });
  const ratePerViewer = Object.values(RATES_PER_VIEWER).reduce((total, rate) => total + rate, 0);
  return toCheckRow(name, mixed[name] / ratePerViewer, mixed[name], checks);
}
