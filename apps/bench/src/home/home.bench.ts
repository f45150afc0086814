import { setTimeout as sleep } from 'node:timers/promises';
import { useCatalog } from '../catalog-data/catalog.js';
import { signIn } from '../load/sign-in.js';
import { runWrk, type WrkResult } from '../load/wrk.js';
import { meterCpu } from '../processes/cpu-meter.js';
import { connectToBackends } from '../processes/postgres-backends.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { assertCompleteHome, readCompleteHome } from './complete-home.js';

const CHECK_INTERVAL_MS = 200;

export const home: Bench = {
  name: 'home',
  summary: 'uncached home page: latency and PostgreSQL time per read, every row present',
  run: benchHome,
};

async function benchHome(context: BenchContext): Promise<readonly Row[]> {
  const { options, platform, onStep } = context;
  await useCatalog(context);
  await readCompleteHome(platform.edgeUrl);
  const headers = await signIn(platform);
  const url = new URL('/v1/home', platform.edgeUrl);
  const backends = await connectToBackends(platform.catalogDatabaseUrl);
  const load = (): Promise<WrkResult> =>
    runWrk({ url: platform.edgeUrl, paths: [url.pathname], headers, seconds: options.sliceSeconds });
  try {
    await load();
    onStep('uncached home page, 16 connections');
    const { samples } = await interleave(options.rounds, {
      samples: () =>
        meterCpu({ postgres: backends.listPids }, () => checkWhile(load, () => assertCompleteHome(url, headers))),
    });
    const p99s = samples.map(({ result }) => result.p99Ms);
    const rates = samples.map(({ result }) => result.requestsPerSecond);
    const postgresMs = samples.map(({ result, cpuSeconds }) => (cpuSeconds.postgres * 1000) / result.requests);
    const limit = { unit: 'ms', baseline: 'fixed limit' };
    return [
      toRow(
        {
          ...limit,
          id: 'home.p99',
          title: 'uncached home page, 99th percentile at 16 connections',
          target: { is: 'at most', value: 50 },
          details: { requestsPerSecond: median(rates), p50Ms: median(samples.map(({ result }) => result.p50Ms)) },
        },
        p99s,
      ),
      toRow(
        {
          ...limit,
          id: 'home.postgres',
          title: 'uncached home page, CPU time of PostgreSQL per read',
          target: { is: 'at most', value: 2 },
        },
        postgresMs,
      ),
    ];
  } finally {
    await backends.stop();
  }
}

/** Runs the check repeatedly until `work` has finished. @throws the first error of `work` or `check` */
async function checkWhile<Result>(work: () => Promise<Result>, check: () => Promise<void>): Promise<Result> {
  let isDone = false;
  const working = work().finally(() => (isDone = true));
  const checking = (async () => {
    for (; !isDone; await sleep(CHECK_INTERVAL_MS)) await check();
  })();
  const [result] = await Promise.all([working, checking]);
  return result;
}
