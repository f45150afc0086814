import { toPagePath, useCatalog } from '../catalog-data/catalog.js';
import { runWrk } from '../load/wrk.js';
import { scrapeMetrics } from '../processes/metrics.js';
import { readCpuSeconds, readPssMib } from '../processes/proc.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { getProcess, type AppProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';

const APPS = ['edge', 'catalog'] as const;

/** The threads on which V8 collects garbage and compiles, next to the main thread. */
const V8_THREADS = 'V8Worker';

export const memory: Bench = {
  name: 'memory',
  summary: 'memory of edge and catalog after the other benches, and the share of garbage collection in their CPU time',
  run: benchMemory,
};

async function benchMemory(context: BenchContext): Promise<readonly Row[]> {
  const titles = await useCatalog(context);
  const { options, platform, onStep } = context;
  const apps = APPS.map((name) => getProcess(platform, name));
  const paths = titles.map(toPagePath);
  onStep('garbage collection and memory during uncached lists');
  const shares: number[] = [];
  const v8Shares: number[] = [];
  const pssMib: number[][] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const offset = Math.floor((paths.length * round) / options.rounds);
    const before = await Promise.all(apps.map(readTimes));
    await runWrk({ url: platform.edgeUrl, paths, offset, seconds: options.sliceSeconds });
    const after = await Promise.all(apps.map(readTimes));
    const used = (field: keyof Times) =>
      after.reduce((sum, times, index) => sum + times[field] - (before[index]?.[field] ?? 0), 0);
    shares.push((100 * used('gcSeconds')) / used('cpuSeconds'));
    v8Shares.push((100 * used('v8Seconds')) / used('cpuSeconds'));
    pssMib.push(await Promise.all(apps.map(({ pid }) => readPssMib(pid))));
  }
  const total = pssMib.map((values) => values.reduce((sum, value) => sum + value, 0));
  const byApp = APPS.map((name, index) => [`${name}Mib`, median(pssMib.map((values) => values[index] ?? Number.NaN))]);
  return [
    toRow(
      {
        id: 'memory.pss',
        title: 'memory of edge and catalog (PSS)',
        unit: 'MiB',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 400 },
        details: Object.fromEntries(byApp) as Record<string, number>,
      },
      total,
    ),
    toRow(
      {
        id: 'memory.gc',
        title: 'garbage collection, share of the CPU time',
        unit: '%',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 8 },
      },
      shares,
    ),
    toRow(
      {
        id: 'memory.v8-threads',
        title: 'threads of V8 for garbage collection and compilation, share of the CPU time',
        unit: '%',
        baseline: 'none',
      },
      v8Shares,
    ),
  ];
}

interface Times {
  readonly gcSeconds: number;
  readonly cpuSeconds: number;
  readonly v8Seconds: number;
}

async function readTimes({ pid, metricsUrl }: AppProcess): Promise<Times> {
  const metrics = await scrapeMetrics(metricsUrl);
  return {
    v8Seconds: await readCpuSeconds(pid, V8_THREADS),
    gcSeconds: metrics.sum('nodejs_gc_duration_seconds_sum'),
    cpuSeconds: metrics.sum('process_cpu_seconds_total'),
  };
}
