import pg from 'pg';
import { useCatalog } from '../catalog-data/catalog.js';
import type { CatalogTitle } from '../catalog-data/fill-catalog.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { createCatalogReads } from './catalog-reads.js';

const READS_PER_ROUND = 40;
const SMALL_CATALOG = 3_000;
const TARGET_MS = 20;
/** The service counts facets in memory, and notices new titles within this time. */
const FACETS_DELAY_MS = 10_000;

/** The rows of a later page, as the service reads them. */
const LIST_PAGE = {
  name: 'list-page',
  text: `SELECT t.*, p.asset_id, p.duration_ms FROM title t LEFT JOIN publication p ON p.title_id = t.id
    WHERE t.deleted_at IS NULL AND (t.created_at, t.id) < ($1, $2) ORDER BY t.created_at DESC, t.id DESC LIMIT 21`,
};

export const catalog: Bench = {
  name: 'catalog',
  summary: 'each kind of read of the catalog service with 3,000 and 100,000 titles; a list next to pg only',
  run: benchCatalog,
};

async function benchCatalog(context: BenchContext): Promise<readonly Row[]> {
  const sizes = [...new Set([SMALL_CATALOG, context.options.titles])];
  const rows: Row[] = [];
  for (const size of sizes) {
    const titles = await useCatalog({ ...context, options: { ...context.options, titles: size } });
    rows.push(...(await measureReads(context, titles)));
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
  const client = new pg.Client({ connectionString: platform.catalogDatabaseUrl });
  await client.connect();
  const readPage = (): Promise<unknown> => {
    const { id, createdAtMs } = titles[Math.floor(Math.random() * size)] ?? { id: '', createdAtMs: 0 };
    return client.query(LIST_PAGE, [new Date(createdAtMs), id]);
  };
  try {
    await new Promise((resolve) => setTimeout(resolve, FACETS_DELAY_MS));
    onStep(`${Object.keys(reads).length} kinds of reads of ${size} titles`);
    const kinds = { ...reads, 'pg-only': readPage };
    for (const read of Object.values(kinds)) await measureTimes(read);
    const times = await interleave(
      options.rounds,
      Object.fromEntries(Object.entries(kinds).map(([name, read]) => [name, () => measureTimes(read)])),
    );
    const rows = Object.keys(reads).map((name) => toTimeRow(name, size, times[name] ?? []));
    const medians = (name: string): number[] => (times[name] ?? []).map(median);
    const target = { is: 'at least', value: 0.85 } as const;
    const title = `list of 20 titles of ${size.toLocaleString('en')}, lists per second`;
    const ratio = { id: `catalog.${size}.list-rate`, title, unit: 'x', baseline: 'pg only, the same rows', target };
    return [...rows, toRow(ratio, toRatios(medians('pg-only'), medians('list-later-page')))];
  } finally {
    close();
    await client.end();
  }
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
