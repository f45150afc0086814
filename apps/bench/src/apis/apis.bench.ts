import { isDeepStrictEqual } from 'node:util';
import { useCatalog } from '../catalog-data/catalog.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { APIS, type ApiConnection } from './api-connection.js';
import { READS, type Content, type Read } from './bodies.js';

const CONNECTIONS = 8;

type ApiName = keyof typeof APIS;
const API_NAMES = Object.keys(APIS) as ApiName[];

export const apis: Bench = {
  name: 'apis',
  summary: 'the same title and list over REST, SOAP, Connect, gRPC and WebSocket: bytes, latency, requests per second',
  run: benchApis,
};

interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Sent and received, per read. */
  readonly bytes: number;
}

async function benchApis(context: BenchContext): Promise<readonly Row[]> {
  const { options, platform, onStep } = context;
  const [title] = await useCatalog(context);
  if (title === undefined) throw new Error('the catalog is empty');
  const rows: Row[] = [];
  for (const read of READS) {
    const open = (name: ApiName): ApiConnection => APIS[name]({ ...platform, read, id: title.id });
    await assertEqualContent(open);
    onStep(`${read}, ${CONNECTIONS} connections`);
    const load = (name: ApiName) => () => measure(() => open(name), options.sliceSeconds);
    for (const name of API_NAMES) await load(name)();
    const samples = await interleave(options.rounds, {
      rest: load('rest'),
      soap: load('soap'),
      connect: load('connect'),
      grpc: load('grpc'),
      websocket: load('websocket'),
    });
    for (const name of API_NAMES) rows.push(compare(read, name, samples[name], samples.rest));
  }
  return rows;
}

/** @throws Error if the APIs return different titles */
async function assertEqualContent(open: (name: ApiName) => ApiConnection): Promise<void> {
  const contents: Content[] = [];
  for (const name of API_NAMES) {
    const connection = open(name);
    contents.push((await connection.read())());
    connection.close();
  }
  const [first] = contents;
  const different = API_NAMES.filter((_name, index) => !isDeepStrictEqual(contents[index], first));
  if (different.length > 0 || first?.length === 0) throw new Error(`the content of ${different.join(', ')} differs`);
}

async function measure(open: () => ApiConnection, seconds: number): Promise<Sample> {
  const connections = Array.from({ length: CONNECTIONS }, open);
  const latenciesMs: number[] = [];
  const stopAt = performance.now() + seconds * 1000;
  const runClient = async (connection: ApiConnection): Promise<void> => {
    while (performance.now() < stopAt) {
      const startedAt = performance.now();
      await connection.read();
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  try {
    await Promise.all(connections.map(runClient));
    const bytes = connections.reduce((sum, connection) => sum + connection.bytes(), 0);
    return {
      requestsPerSecond: latenciesMs.length / seconds,
      p50Ms: percentile(latenciesMs, 50),
      p99Ms: percentile(latenciesMs, 99),
      bytes: bytes / latenciesMs.length,
    };
  } finally {
    for (const connection of connections) connection.close();
  }
}

function compare(read: Read, name: ApiName, samples: readonly Sample[], rest: readonly Sample[]): Row {
  const rates = (side: readonly Sample[]) => side.map(({ requestsPerSecond }) => requestsPerSecond);
  const middle = (field: keyof Sample) => median(samples.map((sample) => sample[field]));
  return toRow(
    {
      id: `apis.${read}.${name}`,
      title: `${read} over ${name}, requests per second relative to REST`,
      unit: 'x',
      baseline: 'REST',
      details: {
        requestsPerSecond: middle('requestsPerSecond'),
        p50Ms: middle('p50Ms'),
        p99Ms: middle('p99Ms'),
        bytes: middle('bytes'),
      },
    },
    toRatios(rates(samples), rates(rest)),
  );
}
