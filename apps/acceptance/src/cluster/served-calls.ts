import { askApiServer } from './api-server.js';
import { cluster } from './cluster-config.js';
import { longRunningPods, type Service } from './pods.js';

const HEALTH_PORT = 8410;
/** A pod that has just gone does not refuse: it is silent. */
const PATIENCE_MS = 2_000;

/** What each service counts of what it answered; calls of workers to video are not counted with those of viewers. */
const COUNTER: Readonly<Partial<Record<Service, { name: string; labels: RegExp }>>> = {
  edge: { name: 'http_requests_total', labels: /.*/ },
  catalog: { name: 'grpc_server_calls_total', labels: /CatalogService/ },
  user: { name: 'grpc_server_calls_total', labels: /UserService/ },
  video: { name: 'grpc_server_calls_total', labels: /VideoService/ },
};

/**
 * Sum of a metric's samples in the Prometheus text format (version 0.0.4).
 *
 * @param labels which label sets count, as they are written between the braces
 */
export function sumOfSamples(text: string, name: string, labels: RegExp): number {
  return text
    .split('\n')
    .map((line) => /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)/.exec(line))
    .filter((match) => match !== null && match[1] === name && labels.test(match[2] ?? ''))
    .reduce((sum, match) => sum + Number(match?.[3]), 0);
}

/** How many calls each pod of a service has served since it started; pods that do not answer are left out. */
export async function callsByPod(service: Service): Promise<ReadonlyMap<string, number>> {
  const counter = COUNTER[service];
  if (counter === undefined) throw new Error(`${service} serves no calls`);
  const pods = await longRunningPods(service);
  const counts = await Promise.all(
    pods.map(async ({ name }): Promise<readonly [string, number] | undefined> => {
      try {
        return [name, sumOfSamples(await metricsOf(name), counter.name, counter.labels)];
      } catch {
        return undefined;
      }
    }),
  );
  return new Map(counts.filter((count) => count !== undefined));
}

export function metricsOf(pod: string): Promise<string> {
  return askApiServer(`/api/v1/namespaces/${cluster.namespace}/pods/${pod}:${HEALTH_PORT}/proxy/metrics`, PATIENCE_MS);
}

/** Each pod's part of the calls that were served between two looks, 0 to 1. */
export function sharesOf(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const served = [...after].map(([pod, calls]) => [pod, calls - (before.get(pod) ?? 0)] as const);
  const total = served.reduce((sum, [, calls]) => sum + calls, 0);
  return new Map(served.map(([pod, calls]) => [pod, total === 0 ? 0 : calls / total]));
}
