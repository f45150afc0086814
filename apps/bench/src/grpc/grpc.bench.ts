import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Client, credentials, Metadata, type MethodDefinition } from '@grpc/grpc-js';
import { catalogV1 } from '@viernes/contracts';
import { createGrpcClient } from '@viernes/platform';
import { measureCallRate } from '../load/concurrent-calls.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { GET_TITLE_REQUEST, LIST_TITLES_REQUEST } from './titles.js';

const ROUNDS = 6;
const SLICE_MS = 1_500;
const WARM_UP_MS = 3_000;
const CONCURRENT_CALLS = 32;
/** The deadline of calls from the edge to a service. */
const TIMEOUT_MS = 5_000;

/** One call. Resolves with the response. */
type Call = () => Promise<unknown>;

export const grpc: Bench = {
  name: 'grpc',
  summary: 'unary calls through client and server of the platform, next to grpc-js only',
  run: benchGrpc,
};

/** Client and server have all policies of production. The server runs in a separate process, like a service. */
async function benchGrpc({ onStep }: BenchContext): Promise<readonly Row[]> {
  const platformServer = await startServer('./platform-server.js');
  const baselineServer = await startServer('./baseline-server.js');
  const { getTitle, listTitles } = catalogV1.CatalogServiceService;
  const platform = createGrpcClient(catalogV1.CatalogServiceService, `dns:///${platformServer.address}`, {
    idempotent: ['getTitle', 'listTitles'],
    timeoutMs: TIMEOUT_MS,
  });
  const client = new Client(baselineServer.address, credentials.createInsecure());
  try {
    onStep('getTitle');
    const title = await compare('get-title', 'gRPC getTitle', {
      platform: () => platform.getTitle(GET_TITLE_REQUEST),
      baseline: toCall(client, getTitle, GET_TITLE_REQUEST),
    });
    onStep('listTitles');
    const list = await compare('list-titles', 'gRPC listTitles with 20 titles', {
      platform: () => platform.listTitles(LIST_TITLES_REQUEST),
      baseline: toCall(client, listTitles, LIST_TITLES_REQUEST),
    });
    return [title, list];
  } finally {
    platform.close();
    client.close();
    await Promise.all([platformServer.stop(), baselineServer.stop()]);
  }
}

async function compare(id: string, title: string, calls: { platform: Call; baseline: Call }): Promise<Row> {
  const { platform, baseline } = calls;
  if (!isDeepStrictEqual(await platform(), await baseline())) throw new Error(`${title}: different responses`);
  await measureRate(platform, WARM_UP_MS);
  await measureRate(baseline, WARM_UP_MS);
  const rates = await interleave(ROUNDS, {
    platform: () => measureRate(platform, SLICE_MS),
    baseline: () => measureRate(baseline, SLICE_MS),
  });
  return toRow(
    {
      id: `grpc.${id}`,
      title: `${title}: calls per second`,
      unit: 'x',
      baseline: 'grpc-js only, the same messages',
      target: { is: 'at least', value: 0.85 },
      details: { callsPerSecond: median(rates.platform), grpcJsCallsPerSecond: median(rates.baseline) },
    },
    toRatios(rates.platform, rates.baseline),
  );
}

function measureRate(call: Call, durationMs: number): Promise<number> {
  return measureCallRate(call, { callers: CONCURRENT_CALLS, durationMs });
}

function toCall<Request, Response>(client: Client, method: MethodDefinition<Request, Response>, request: Request) {
  const { path, requestSerialize, responseDeserialize } = method;
  return (): Promise<Response> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        new Metadata(),
        (error, response) =>
          error || response === undefined ? reject(error ?? new Error('no response')) : resolve(response),
      );
    });
}

async function startServer(file: string) {
  const address = `127.0.0.1:${await findFreePort()}`;
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [address]);
  await once(child, 'message');
  const stop = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  };
  return { address, stop };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
