import { setTimeout as sleep } from 'node:timers/promises';
import { Kubernetes } from './kubernetes.ts';
import type { TrafficOptions } from './options.ts';
import { RELEASE_SELECTOR } from './release.ts';

const INTERVAL_MS = 2_000;
const HEALTH_PORT = 8410;

/** The counter of served calls: HTTP requests of the edge, gRPC calls of the services. */
const COUNTERS = {
  edge: /^http_requests_total\{.*\} (\S+)/gm,
  catalog: /^grpc_server_calls_total\{.*CatalogService.*\} (\S+)/gm,
  user: /^grpc_server_calls_total\{.*UserService.*\} (\S+)/gm,
  video: /^grpc_server_calls_total\{.*VideoService.*\} (\S+)/gm,
} as const;

export const COUNTED_SERVICES = Object.keys(COUNTERS) as readonly CountedService[];
export type CountedService = keyof typeof COUNTERS;

/** Calls per pod since the start of the pod. */
export type CallCounts = ReadonlyMap<string, number>;

/** Returns the sum of the counter of a service in the Prometheus text format. */
export function countCalls(metrics: string, service: CountedService): number {
  return [...metrics.matchAll(COUNTERS[service])].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Formats the calls per second between two counts, in total and per pod. */
export function formatTraffic(before: CallCounts, after: CallCounts, seconds: number): string {
  const served = [...after].map(([pod, calls]) => [pod, Math.max(0, calls - (before.get(pod) ?? 0))] as const);
  const total = served.reduce((sum, [, calls]) => sum + calls, 0);
  const pods = served.map(([pod, calls]) => {
    const share = total === 0 ? 0 : (calls / total) * 100;
    return `${pod.slice(pod.lastIndexOf('-') + 1)} ${(calls / seconds).toFixed(1).padStart(6)}/s ${share.toFixed(0).padStart(3)} %`;
  });
  return [`${after.size} pods ${(total / seconds).toFixed(1).padStart(7)} calls/s`, ...pods].join('  |  ');
}

/** Prints the calls per pod of a service every two seconds, until the process is stopped. */
export async function watchTraffic({ namespace, service }: TrafficOptions): Promise<void> {
  const kubernetes = await Kubernetes.connect(namespace);
  console.log(`Calls that the pods of ${service} serve. Stop with Ctrl-C.`);
  let [before, beforeAt] = [await readCounts(kubernetes, service), performance.now()];
  for (;;) {
    await sleep(INTERVAL_MS);
    const [after, now] = [await readCounts(kubernetes, service), performance.now()];
    console.log(`${new Date().toTimeString().slice(0, 8)}  ${formatTraffic(before, after, (now - beforeAt) / 1000)}`);
    [before, beforeAt] = [after, now];
  }
}

/** Reads the metrics through the API server, which reaches each pod separately. */
async function readCounts(kubernetes: Kubernetes, service: CountedService): Promise<CallCounts> {
  const selector = `${RELEASE_SELECTOR},app.kubernetes.io/component=${service}`;
  const pods = await kubernetes.words('{.items[*].metadata.name}', ['pods', '--selector', selector]);
  const counts = pods.map(async (pod) => {
    const path = `/api/v1/namespaces/${kubernetes.namespace}/pods/${pod}:${HEALTH_PORT}/proxy/metrics`;
    const { exitCode, stdout } = await kubernetes.kubectl(['get', '--raw', path], { reject: false });
    return exitCode === 0 ? [[pod, countCalls(stdout, service)] as const] : [];
  });
  return new Map((await Promise.all(counts)).flat());
}
