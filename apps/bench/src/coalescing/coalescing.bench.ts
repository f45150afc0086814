import { toPagePath, useCatalog } from '../catalog-data/catalog.js';
import { HttpConnection, toRequest } from '../load/http-connection.js';
import { scrapeMetrics } from '../processes/metrics.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { getProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';

const REQUESTS = 1_000;
const BATCH_SIZE = 100;

export const coalescing: Bench = {
  name: 'coalescing',
  summary: '1,000 equal concurrent requests that no cache answers yet: calls of catalog',
  run: benchCoalescing,
};

async function benchCoalescing(context: BenchContext): Promise<readonly Row[]> {
  const titles = await useCatalog(context);
  const { options, platform, onStep } = context;
  const url = new URL(platform.edgeUrl);
  const { metricsUrl } = getProcess(platform, 'catalog');
  const countCalls = async (): Promise<number> =>
    (await scrapeMetrics(metricsUrl)).sum('grpc_server_calls_total', { method: 'listTitles' });
  onStep(`${REQUESTS} equal requests at the same time`);
  const calls: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    // From the end of the list, which no other bench requests.
    const title = titles.at(-100 - round);
    if (title === undefined) throw new Error('too few titles');
    const before = await countCalls();
    await sendEqually(url, toPagePath(title));
    calls.push((await countCalls()) - before);
  }
  return [
    toRow(
      {
        ...{ id: 'coalescing.calls', title: '1,000 equal concurrent misses: calls of catalog', unit: 'calls' },
        baseline: 'one call',
        target: { is: 'at most', value: 1 },
      },
      calls,
    ),
  ];
}

/** Opens the connections first, so that the requests arrive within a few milliseconds. */
async function sendEqually(url: URL, path: string): Promise<void> {
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
