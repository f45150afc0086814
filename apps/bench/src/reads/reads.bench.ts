import { startChildServer, type ChildServer } from '../baseline/child-server.js';
import type { PeerStart } from '../baseline/peer/peer-server.js';
import { toPagePath, toTitlePath, useCatalog } from '../catalog-data/catalog.js';
import { assertEqualBodies } from '../load/equal-bodies.js';
import { scrapeMetrics, type Metrics } from '../processes/metrics.js';
import { connectToBackends } from '../processes/postgres-backends.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { getProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { benchMinimalList } from './minimal-list.js';
import { createSampler, type Sample, type Side } from './sample-reads.js';

interface Read {
  readonly id: string;
  readonly title: string;
  /** CPU time of edge and catalog per request. */
  readonly maxCpuMs: number;
  readonly paths: readonly string[];
}

const COMPARED_PATHS = 20;

export const reads: Bench = {
  name: 'reads',
  summary: 'uncached list and title, next to a plain NestJS server; CPU time per request',
  run: benchReads,
};

/**
 * Measures uncached reads: each request has a cursor or an ID that the load has not used before. The other
 * side is one NestJS process on the same database, with and without the policies that the platform has.
 */
async function benchReads(context: BenchContext): Promise<readonly Row[]> {
  const titles = await useCatalog(context);
  const { platform, onStep } = context;
  const databaseUrl = platform.catalogDatabaseUrl;
  await using cleanup = new AsyncDisposableStack();
  const bare = await startPeer({ databaseUrl, hasPolicies: false });
  cleanup.defer(bare.stop);
  const complete = await startPeer({ databaseUrl, hasPolicies: true });
  cleanup.defer(complete.stop);
  const backends = await connectToBackends(databaseUrl);
  cleanup.defer(backends.stop);
  const appPids = ['edge', 'catalog'].map((name) => getProcess(platform, name).pid);
  const sides = {
    platform: { url: platform.edgeUrl, pids: appPids },
    complete: { url: complete.url, pids: [complete.pid] },
    bare: { url: bare.url, pids: [bare.pid] },
  };

  const rows: Row[] = [];
  const pagePaths = titles.map(toPagePath);
  for (const read of [
    { id: 'list', title: 'list of 20 titles, uncached', maxCpuMs: 1, paths: pagePaths },
    { id: 'title', title: 'one title, uncached', maxCpuMs: 0.7, paths: titles.map(toTitlePath) },
  ]) {
    onStep(`${read.title}, next to a plain NestJS server`);
    rows.push(...(await benchRead(read, context, sides, backends.listPids)));
  }
  onStep('list of 20 titles, uncached, next to two processes without policies');
  rows.push(
    ...(await benchMinimalList({
      databaseUrl,
      platform: sides.platform,
      complete: sides.complete,
      rounds: context.options.rounds,
      comparedPaths: selectCompared(pagePaths),
      sample: createSampler(context.options, pagePaths, backends.listPids),
    })),
  );
  return rows;
}

type Sides = Readonly<Record<'platform' | 'complete' | 'bare', Side>>;

async function benchRead(
  read: Read,
  { platform, options }: BenchContext,
  sides: Sides,
  listBackends: () => Promise<readonly number[]> | readonly number[],
): Promise<readonly Row[]> {
  const { paths } = read;
  const edgeMetricsUrl = getProcess(platform, 'edge').metricsUrl;
  const origins = Object.values(sides).map(({ url }) => url);
  const compared = selectCompared(paths);
  await assertEqualBodies(origins, compared);
  const sample = createSampler(options, paths, listBackends);
  const samplers = {
    platform: sample(sides.platform),
    complete: sample(sides.complete),
    bare: sample(sides.bare),
  };
  for (const warmUp of Object.values(samplers)) await warmUp(options.rounds);
  const before = await scrapeMetrics(edgeMetricsUrl);
  const samples = await interleave(options.rounds, samplers);
  assertUncached(before, await scrapeMetrics(edgeMetricsUrl));
  await assertEqualBodies(origins, compared);
  return toRows(read, samples);
}

function selectCompared(paths: readonly string[]): readonly string[] {
  return paths.filter((_path, index) => index % Math.ceil(paths.length / COMPARED_PATHS) === 0);
}

/** @throws Error if the response cache of the edge served over 1 % of the requests */
function assertUncached(before: Metrics, after: Metrics): void {
  const count = (labels: Readonly<Record<string, string>>): number =>
    after.sum('http_cache_requests_total', labels) - before.sum('http_cache_requests_total', labels);
  const cachedCount = count({ result: 'hit' }) + count({ result: 'stale' });
  if (cachedCount > 0.01 * count({})) throw new Error(`the cache served ${cachedCount} of ${count({})} requests`);
}

function toRows(read: Read, samples: Readonly<Record<keyof Sides, readonly Sample[]>>): readonly Row[] {
  const values = (side: keyof Sides, field: keyof Sample): number[] => samples[side].map((sample) => sample[field]);
  const compare = (side: 'complete' | 'bare', name: string, minimum: number): Row =>
    toRow(
      {
        id: `reads.${read.id}-${side === 'bare' ? 'bare' : 'policies'}`,
        title: `${read.title}, requests per second`,
        unit: 'x',
        baseline: name,
        target: { is: 'at least', value: minimum },
        details: {
          requestsPerSecond: median(values('platform', 'requestsPerSecond')),
          p99Ms: median(values('platform', 'p99Ms')),
          baselineRequestsPerSecond: median(values(side, 'requestsPerSecond')),
          baselineP99Ms: median(values(side, 'p99Ms')),
          baselineCpuMs: median(values(side, 'nodeMs')),
          baselinePostgresMs: median(values(side, 'postgresMs')),
        },
      },
      toRatios(values('platform', 'requestsPerSecond'), values(side, 'requestsPerSecond')),
    );
  return [
    compare('complete', 'plain NestJS server with policies', 1.2),
    compare('bare', 'plain NestJS server without policies', 0.85),
    toRow(
      {
        id: `reads.${read.id}-cpu`,
        title: `${read.title}, CPU time of edge and catalog per request`,
        unit: 'ms',
        baseline: 'fixed limit',
        target: { is: 'at most', value: read.maxCpuMs },
        details: { postgresMs: median(values('platform', 'postgresMs')) },
      },
      values('platform', 'nodeMs'),
    ),
  ];
}

/**
 * Starts the server that a team would write first: one NestJS process with Fastify and TypeORM on the catalog database,
 * with the default settings of all of them.
 */
function startPeer(start: PeerStart): Promise<ChildServer> {
  return startChildServer('./peer/peer-server.js', start);
}
