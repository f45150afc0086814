import { isDeepStrictEqual } from 'node:util';
import { startChildServer } from '../baseline/child-server.js';
import type { PgServerStart } from '../baseline/pg-server.js';
import { useCatalog } from '../catalog-data/catalog.js';
import type { CatalogTitle } from '../catalog-data/fill-catalog.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { measureCallRate } from '../load/concurrent-calls.js';
import { createCatalogReads, type CatalogReads } from './catalog-reads.js';

const READS_PER_ROUND = 40;
const SMALL_CATALOG = 3_000;
const TARGET_MS = 20;
/** The service counts facets in memory, and notices new titles within this time. */
const FACETS_DELAY_MS = 10_000;

/** The same number as in `reads`. More than the connections of the service to its database. */
const CALLERS = 16;
const COMPARED_PAGES = 20;

export const catalog: Bench = {
  name: 'catalog',
  summary: 'each kind of read of the catalog service with 3,000 and 100,000 titles; a list next to grpc-js and pg only',
  run: benchCatalog,
};

async function benchCatalog(context: BenchContext): Promise<readonly Row[]> {
  const sizes = [...new Set([SMALL_CATALOG, context.options.titles])];
  const rows: Row[] = [];
  for (const size of sizes) {
    const titles = await useCatalog({ ...context, options: { ...context.options, titles: size } });
    rows.push(...(await measureReads(context, titles)), await compareList(context, titles));
  }
  return rows;
}

/** Reads one after the other, because the time of a read is measured, and not the capacity of the machine. */
async function measureReads(
  { options, platform, onStep }: BenchContext,
  titles: readonly CatalogTitle[],
): Promise<Row[]> {
  const size = titles.length;
  const { reads, close } = createCatalogReads(platform.catalogAddress, titles);
  try {
    await new Promise((resolve) => setTimeout(resolve, FACETS_DELAY_MS));
    onStep(`${Object.keys(reads).length} kinds of reads of ${size} titles`);
    for (const read of Object.values(reads)) await measureTimes(read);
    const times = await interleave(
      options.rounds,
      Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, () => measureTimes(read)])),
    );
    return Object.keys(reads).map((name) => toTimeRow(name, size, times[name] ?? []));
  } finally {
    close();
  }
}

/** Compares later pages of the list: concurrent calls of the service, and of a process with grpc-js and pg only. */
async function compareList({ options, platform, onStep }: BenchContext, titles: readonly CatalogTitle[]): Promise<Row> {
  const size = titles.length;
  onStep(`the list of ${size} titles, next to grpc-js and pg only`);
  await using cleanup = new AsyncDisposableStack();
  const start: PgServerStart = { databaseUrl: platform.catalogDatabaseUrl };
  const server = await startChildServer('./pg-server.js', start);
  cleanup.defer(server.stop);
  const service = cleanup.adopt(createCatalogReads(platform.catalogAddress, titles), ({ close }) => close());
  const pgOnly = cleanup.adopt(createCatalogReads(`dns:///${new URL(server.url).host}`, titles), ({ close }) =>
    close(),
  );
  for (let index = 0; index < size; index += Math.ceil(size / COMPARED_PAGES)) {
    const title = titles[index];
    if (title && !isDeepStrictEqual(await service.listAfter(title), await pgOnly.listAfter(title)))
      throw new Error(`different pages after the title ${title.id}`);
  }
  const measure =
    ({ listLaterPage }: CatalogReads) =>
    () =>
      measureCallRate(listLaterPage, { callers: CALLERS, durationMs: options.sliceSeconds * 1_000 });
  const sides = { service: measure(service), pgOnly: measure(pgOnly) };
  for (const warmUp of Object.values(sides)) await warmUp();
  const rates = await interleave(options.rounds, sides);
  return toRow(
    {
      id: `catalog.${size}.list-rate`,
      title: `list of 20 titles of ${size.toLocaleString('en')}, lists per second`,
      unit: 'x',
      baseline: 'grpc-js and pg only, the same response',
      target: { is: 'at least', value: 0.85 },
      details: { listsPerSecond: median(rates.service), pgOnlyListsPerSecond: median(rates.pgOnly) },
    },
    toRatios(rates.service, rates.pgOnly),
  );
}

/** Returns the durations of consecutive reads in milliseconds. */
async function measureTimes(read: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; number < READS_PER_ROUND; number += 1) {
    const startedAt = performance.now();
    await read();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function toTimeRow(name: string, size: number, rounds: readonly (readonly number[])[]): Row {
  return toRow(
    {
      id: `catalog.${size}.${name}`,
      title: `${name.replaceAll('-', ' ')}, ${size.toLocaleString('en')} titles, 95th percentile`,
      unit: 'ms',
      baseline: 'fixed limit',
      target: { is: 'at most', value: TARGET_MS },
      details: { p50_ms: median(rounds.flat()) },
    },
    rounds.map((times) => percentile(times, 95)),
  );
}
