import { requestApiServer } from './api-server.js';
import { cluster } from './cluster-config.js';
import { longRunningPods, type Service } from './pods.js';

const HEALTH_PORT = 8410;
/** Requests to a deleted pod are not rejected. Without this timeout, they would wait indefinitely. */
const TIMEOUT_MS = 2_000;

/** The counter of served calls per service. The labels of video exclude the TranscodeService, which workers call. */
const COUNTER: Readonly<Partial<Record<Service, { name: string; labels: RegExp }>>> = {
  edge: { name: 'http_requests_total', labels: /.*/ },
  catalog: { name: 'grpc_server_calls_total', labels: /CatalogService/ },
  user: { name: 'grpc_server_calls_total', labels: /UserService/ },
  video: { name: 'grpc_server_calls_total', labels: /VideoService/ },
};

/**
 * Returns the sum of the samples of a metric in the Prometheus text format (version 0.0.4).
 *
 * @param labels matches the text between the braces
 */
export function sumSamples(text: string, name: string, labels: RegExp): number {
  return text
    .split('\n')
    .map((line) => /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)/.exec(line))
    .filter((match) => match !== null && match[1] === name && labels.test(match[2] ?? ''))
    .reduce((sum, match) => sum + Number(match?.[3]), 0);
}

/** Returns the calls that each pod of a service has served since its start. Omits pods that do not respond. */
export async function callsByPod(service: Service): Promise<ReadonlyMap<string, number>> {
  const counter = COUNTER[service];
  if (counter === undefined) throw new Error(`${service} has no call counter`);
  const pods = await longRunningPods(service);
  const counts = await Promise.all(
    pods.map(async ({ name }): Promise<readonly [string, number] | undefined> => {
      try {
        return [name, sumSamples(await fetchMetrics(name), counter.name, counter.labels)];
      } catch {
        return undefined;
      }
    }),
  );
  return new Map(counts.filter((count) => count !== undefined));
}

export function fetchMetrics(pod: string): Promise<string> {
  return requestApiServer(
    `/api/v1/namespaces/${cluster.namespace}/pods/${pod}:${HEALTH_PORT}/proxy/metrics`,
    TIMEOUT_MS,
  );
}

/** The calls of each pod since its start, at one moment. Lacks pods that did not respond. */
export interface Snapshot {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly calls: ReadonlyMap<string, number>;
}

/** The number of calls between two moments. */
export interface ServedCalls {
  readonly count: number;
  readonly durationMs: number;
}

/**
 * Returns the calls that each pod of a snapshot has served since `fromMs`. For a pod that did not respond at that moment,
 * counts from its last earlier response. Counts all calls of a pod without an earlier response, and of one whose counter
 * has decreased because its container has restarted.
 *
 * @param snapshots in order of time
 */
export function callsSince(
  snapshots: readonly Snapshot[],
  fromMs: number,
  { atMs, calls }: Snapshot,
): ReadonlyMap<string, ServedCalls> {
  // If all snapshots are later, counts from the first one.
  const earlier = snapshots.filter((snapshot, index) => index === 0 || snapshot.atMs <= fromMs);
  const startMs = earlier.at(-1)?.atMs ?? fromMs;
  return new Map(
    [...calls].map(([pod, total]) => {
      const last = earlier.findLast((snapshot) => snapshot.calls.has(pod));
      const before = last?.calls.get(pod) ?? 0;
      return [pod, { count: total < before ? total : total - before, durationMs: atMs - (last?.atMs ?? startMs) }];
    }),
  );
}

/** Returns each pod's share (0 to 1) of the calls. */
export function callShares(served: ReadonlyMap<string, ServedCalls>): ReadonlyMap<string, number> {
  const total = [...served.values()].reduce((sum, { count }) => sum + count, 0);
  return new Map([...served].map(([pod, { count }]) => [pod, total === 0 ? 0 : count / total]));
}
