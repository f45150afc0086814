import { catalogV1 } from '@viernes/contracts';
import { createGrpcClient, newTraceId, runInContext } from '@viernes/platform';
import { useCatalog } from '../catalog-data/catalog.js';
import { createMisspelledNames } from '../catalog-data/title-names.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { percentile } from '../run/statistics.js';

const SEARCHES_PER_ROUND = 50;
const TIMEOUT_MS = 5_000;
const FIRST_PAGE = {
  pageSize: 20,
  cursor: '',
  filter: undefined,
  includeTotal: false,
  order: catalogV1.TitleOrder.TITLE_ORDER_UNSPECIFIED,
};

export const search: Bench = {
  name: 'search',
  summary: 'search for a common word and with typing errors, called in the catalog service',
  run: benchSearch,
};

async function benchSearch(context: BenchContext): Promise<readonly Row[]> {
  const { options, platform, onStep } = context;
  await useCatalog(context);
  const misspelled = createMisspelledNames(options.rounds * SEARCHES_PER_ROUND);
  const client = createGrpcClient(catalogV1.CatalogServiceService, platform.catalogAddress, {
    idempotent: [],
    timeoutMs: TIMEOUT_MS,
  });
  /** Returns the 95th percentile of consecutive searches in milliseconds. */
  const measure = async (queries: readonly string[]): Promise<number> => {
    const times: number[] = [];
    for (const query of queries) {
      const startedAt = performance.now();
      const { titles } = await runInContext({ traceId: newTraceId(), deadlineAt: Date.now() + TIMEOUT_MS }, () =>
        client.listTitles({ ...FIRST_PAGE, query }),
      );
      times.push(performance.now() - startedAt);
      if (titles.length === 0) throw new Error(`no title found for ${query}`);
    }
    return percentile(times, 95);
  };
  try {
    await measure(Array.from({ length: 10 }, () => 'the'));
    onStep('"the", and names with a typing error');
    const samples = await interleave(options.rounds, {
      common: () => measure(Array.from({ length: SEARCHES_PER_ROUND }, () => 'the')),
      misspelled: (round) => measure(misspelled.slice(round * SEARCHES_PER_ROUND, (round + 1) * SEARCHES_PER_ROUND)),
    });
    const toSearchRow = (id: string, title: string, times: readonly number[]): Row =>
      toRow(
        {
          id: `search.${id}`,
          title,
          unit: 'ms',
          baseline: 'fixed limit',
          target: { is: 'at most', value: 20 },
        },
        times,
      );
    return [
      toSearchRow('common-word', 'search for "the", 95th percentile in the service', samples.common),
      toSearchRow('typing-error', 'search with a typing error, 95th percentile in the service', samples.misspelled),
    ];
  } finally {
    client.close();
  }
}
