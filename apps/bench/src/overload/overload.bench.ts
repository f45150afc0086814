import { setTimeout as sleep } from 'node:timers/promises';
import { toPagePath, useCatalog } from '../catalog-data/catalog.js';
import { runConstantLoad, type ConstantLoadResult } from '../load/constant-load.js';
import { toRequest } from '../load/http-connection.js';
import { runWrk } from '../load/wrk.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';

const OVERLOAD_FACTOR = 3;
/** A load without waiting, but with warm caches and connections. */
const NORMAL_FACTOR = 0.5;
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
  const takeOffset = (requests: number): number => {
    const current = offset;
    offset += Math.ceil(requests);
    return current;
  };
  const url = platform.edgeUrl;
  const requests = paths.map((path) => toRequest(new URL(url), path));
  const loadAtPeak = async (): Promise<number> => {
    const result = await runWrk({ url, paths, offset, seconds: options.sliceSeconds, connections: 32 });
    takeOffset(result.requests);
    return result.requestsPerSecond;
  };
  const loadAt = async (requestsPerSecond: number): Promise<ConstantLoadResult> => {
    const seconds = 2 * options.sliceSeconds;
    const start = takeOffset(requestsPerSecond * seconds);
    const result = await runConstantLoad({ url, requests, offset: start, requestsPerSecond, seconds });
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
  readonly normal: readonly ConstantLoadResult[];
  readonly overload: readonly ConstantLoadResult[];
}

function toRows({ peak, normal, overload: loaded }: Samples): readonly Row[] {
  const p99 = (results: readonly ConstantLoadResult[]) => results.map(({ servedMs }) => percentile(servedMs, 99));
  const coded = loaded.map(({ sent, served, rejected }) => (100 * (served + rejected)) / sent);
  const goodput = loaded.map(({ servedPerSecond }) => servedPerSecond);
  return [
    toRow(
      {
        id: 'overload.goodput',
        title: 'served requests at three times the peak rate',
        unit: 'x',
        baseline: 'peak rate of the same requests',
        target: { is: 'at least', value: 0.95 },
        details: { servedPerSecond: median(goodput), peakPerSecond: median(peak) },
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
        details: {
          rejectedP99Ms: median(loaded.map(({ rejectedMs }) => (rejectedMs.length ? percentile(rejectedMs, 99) : 0))),
        },
      },
      coded,
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
