import { setTimeout as sleep } from 'node:timers/promises';
import { catalogV1 } from '@viernes/contracts';
import { createGrpcClient, newTraceId, runInContext } from '@viernes/platform';
import pg from 'pg';
import { toPageCursor, toPagePath, useCatalog } from '../catalog-data/catalog.js';
import type { CatalogTitle } from '../catalog-data/fill-catalog.js';
import { HttpConnection, toRequest } from '../load/http-connection.js';
import { scrapeMetrics } from '../processes/metrics.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { getProcess, type Platform } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';

const REQUESTS = 1_000;
const BATCH_SIZE = 100;
const TIMEOUT_MS = 20_000;
const POLL_MS = 20;
/** Labels of the metrics of catalog. */
const CALL = { method: 'ListTitles' };

export const coalescing: Bench = {
  name: 'coalescing',
  summary: '1,000 equal concurrent requests for an uncached response: calls of catalog, and its queries',
  run: benchCoalescing,
};

async function benchCoalescing(context: BenchContext): Promise<readonly Row[]> {
  const titles = await useCatalog(context);
  const { options, platform, onStep } = context;
  const url = new URL(platform.edgeUrl);
  const { metricsUrl } = getProcess(platform, 'catalog');
  const countCalls = async (): Promise<number> =>
    (await scrapeMetrics(metricsUrl)).sum('grpc_server_calls_total', CALL);
  onStep(`${REQUESTS} equal requests at the same time`);
  const calls: number[] = [];
  const queries: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    // From the end of the list, which no other bench requests.
    const title = titles.at(-100 - round);
    if (title === undefined) throw new Error('too few titles');
    const before = await countCalls();
    await sendSimultaneously(url, toPagePath(title));
    calls.push((await countCalls()) - before);
    queries.push(await countQueries(platform, title));
  }
  const limit = { is: 'at most', value: 1 } as const;
  return [
    toRow(
      {
        id: 'coalescing.calls',
        title: '1,000 equal concurrent misses: calls of catalog',
        unit: 'calls',
        baseline: 'one call',
        target: limit,
      },
      calls.map(assertCounted),
    ),
    toRow(
      {
        id: 'coalescing.queries',
        title: '1,000 equal concurrent calls of catalog: queries',
        unit: 'queries',
        baseline: 'one query',
        target: limit,
      },
      queries.map(assertCounted),
    ),
  ];
}

/** @throws Error if nothing was counted: a renamed metric would otherwise meet every limit */
function assertCounted(count: number): number {
  if (count < 1) throw new Error(`counted ${count} for ${REQUESTS} requests`);
  return count;
}

/**
 * Counts the queries of equal calls, as from many edges. A lock of the table delays the queries until all calls have
 * arrived.
 */
async function countQueries(platform: Platform, title: CatalogTitle): Promise<number> {
  const { metricsUrl } = getProcess(platform, 'catalog');
  const client = createGrpcClient(catalogV1.CatalogServiceService, platform.catalogAddress, {
    idempotent: [],
    timeoutMs: TIMEOUT_MS,
  });
  const database = new pg.Client({ connectionString: platform.catalogDatabaseUrl });
  await database.connect();
  try {
    const before = await scrapeMetrics(metricsUrl);
    await database.query('BEGIN');
    await database.query('LOCK TABLE title IN ACCESS EXCLUSIVE MODE');
    const request = {
      query: '',
      filter: undefined,
      includeTotal: false,
      language: '',
      order: catalogV1.TitleOrder.TITLE_ORDER_UNSPECIFIED,
      pageSize: 20,
      cursor: toPageCursor(title),
    };
    const responses = Promise.all(
      Array.from({ length: REQUESTS }, () => runInContext({ traceId: newTraceId() }, () => client.listTitles(request))),
    );
    const arrived = waitForCalls(metricsUrl).finally(() => database.query('COMMIT'));
    await Promise.all([responses, arrived]);
    const after = await scrapeMetrics(metricsUrl);
    const count = (name: string, labels: Readonly<Record<string, string>>) =>
      after.sum(name, labels) - before.sum(name, labels);
    return count('grpc_server_calls_total', { ...CALL, code: 'OK' }) - count('coalesced_reads_total', { read: 'list' });
  } finally {
    client.close();
    await database.end();
  }
}

/** Waits until all calls are in flight. @throws Error after 4 s, before the deadline of the shared query */
async function waitForCalls(metricsUrl: string): Promise<void> {
  const timeoutAt = performance.now() + 4_000;
  for (;;) {
    const inFlight = (await scrapeMetrics(metricsUrl)).sum('grpc_server_calls_in_flight', CALL);
    if (inFlight >= REQUESTS) return;
    if (performance.now() > timeoutAt) throw new Error(`only ${inFlight} of ${REQUESTS} calls arrived`);
    await sleep(POLL_MS);
  }
}

/** Opens the connections first, so that the requests arrive within a few milliseconds. */
async function sendSimultaneously(url: URL, path: string): Promise<void> {
  const connections: HttpConnection[] = [];
  try {
    while (connections.length < REQUESTS) {
      connections.push(...(await Promise.all(Array.from({ length: BATCH_SIZE }, () => HttpConnection.open(url)))));
    }
    const responses = await Promise.all(connections.map((connection) => connection.send(toRequest(url, path))));
    const kinds = new Set(responses.map(({ status, bodyBytes }) => `${status} with ${bodyBytes} bytes`));
    if (kinds.size !== 1 || responses[0]?.status !== 200) throw new Error(`responses: ${[...kinds].join(', ')}`);
  } finally {
    for (const connection of connections) connection.close();
  }
}
