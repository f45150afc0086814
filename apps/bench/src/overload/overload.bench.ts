import { setTimeout as sleep } from 'node:timers/promises';
import { toPagePath, useCatalog } from '../catalog-data/catalog.js';
import { runPacedWrk, runWrk, type PacedResult } from '../load/wrk.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';

const OVERLOAD_FACTOR = 3;
/** A load without waiting, but with warm caches and connections. */
const NORMAL_FACTOR = 0.5;
const PEAK_CONNECTIONS = 32;
/** Between a response and the next request of a client. A response takes a fraction of it, even under overload. */
const PAUSE_MS = 300;
/** Lets the queues of an overload drain before the next sample. */
const RECOVERY_MS = 1_000;

export const overload: Bench = {
  name: 'overload',
  summary: 'three times the peak rate: throughput, early 503 with Retry-After, latency of what is served',
  run: benchOverload,
};

async function benchOverload(context: BenchContext): Promise<readonly Row[]> {
  const titles = await useCatalog(context);
  const { options, platform, onStep } = context;
  const paths = titles.map(toPagePath);
  let offset = 0;
  const url = platform.edgeUrl;
  const loadAtPeak = async (): Promise<number> => {
    const load = { url, paths, offset, seconds: options.sliceSeconds, connections: PEAK_CONNECTIONS };
    const { requests, requestsPerSecond } = await runWrk(load);
    offset += requests;
    return requestsPerSecond;
  };
  const loadAt = async (requestsPerSecond: number): Promise<PacedResult> => {
    const responseMs = (1_000 * PEAK_CONNECTIONS) / peak;
    const connections = Math.ceil((requestsPerSecond * (PAUSE_MS + responseMs)) / 1_000);
    const load = { url, paths, offset, seconds: 2 * options.sliceSeconds, connections, pauseMs: PAUSE_MS };
    const result = await runPacedWrk(load);
    offset += result.requests;
    await sleep(RECOVERY_MS);
    return result;
  };
  await loadAtPeak();
  const peak = await loadAtPeak();
  onStep(`${OVERLOAD_FACTOR} times ${Math.round(peak)} requests per second, next to the peak and to half of it`);
  const samples = await interleave(options.rounds, {
    peak: loadAtPeak,
    normal: () => loadAt(NORMAL_FACTOR * peak),
    overload: () => loadAt(OVERLOAD_FACTOR * peak),
  });
  return toRows(samples);
}

interface Samples {
  readonly peak: readonly number[];
  readonly normal: readonly PacedResult[];
  readonly overload: readonly PacedResult[];
}

function toRows({ peak, normal, overload: loaded }: Samples): readonly Row[] {
  const p99 = (results: readonly PacedResult[]) => results.map(({ servedP99Ms }) => servedP99Ms);
  const goodput = loaded.map(({ servedPerSecond }) => servedPerSecond);
  const factors = loaded.map(({ requestsPerSecond }, round) => requestsPerSecond / (peak[round] ?? Number.NaN));
  return [
    toRow(
      {
        id: 'overload.goodput',
        title: 'served requests at three times the peak rate',
        unit: 'x',
        baseline: 'peak rate of the same requests',
        target: { is: 'at least', value: 0.95 },
        details: { servedPerSecond: median(goodput), peakPerSecond: median(peak), sentFactor: median(factors) },
      },
      toRatios(goodput, peak),
    ),
    toRow(
      {
        id: 'overload.coded',
        title: 'overload: responses with 200, or 503 with Retry-After',
        unit: '%',
        baseline: 'all requests',
        target: { is: 'at least', value: 100 },
      },
      loaded.map(({ servedOrRejected, requests }) => (100 * servedOrRejected) / requests),
    ),
    toRow(
      {
        id: 'overload.p99',
        title: 'overload: 99th percentile of the served requests',
        unit: 'x',
        baseline: 'half of the peak rate',
        target: { is: 'at most', value: 2 },
        details: { p99Ms: median(p99(loaded)), normalP99Ms: median(p99(normal)) },
      },
      toRatios(p99(loaded), p99(normal)),
    ),
  ];
}
