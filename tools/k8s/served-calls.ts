/** What each process counts of what it answered: the edge answers HTTP, the services gRPC. */
export const COUNTERS = {
  edge: { metric: 'http_requests_total', service: /.*/ },
  catalog: { metric: 'grpc_server_calls_total', service: /service="[^"]*CatalogService"/ },
  user: { metric: 'grpc_server_calls_total', service: /service="[^"]*UserService"/ },
  video: { metric: 'grpc_server_calls_total', service: /service="[^"]*VideoService"/ },
} as const;

export type CountedService = keyof typeof COUNTERS;

/** Sum of a service's counter in the Prometheus text format (version 0.0.4). */
export function callsIn(metrics: string, service: CountedService): number {
  const counter = COUNTERS[service];
  return metrics
    .split('\n')
    .map((line) => /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)/.exec(line))
    .filter((match) => match !== null && match[1] === counter.metric && counter.service.test(match[2] ?? ''))
    .reduce((sum, match) => sum + Number(match?.[3]), 0);
}

/** Calls that each pod has served since it started. */
export type Look = ReadonlyMap<string, number>;

/** One line: calls a second between two looks, of all pods and of each. A pod that is new has served all it has since. */
export function callsLine(before: Look, after: Look, seconds: number): string {
  const served = [...after].map(([pod, calls]) => [pod, Math.max(0, calls - (before.get(pod) ?? 0))] as const);
  const total = served.reduce((sum, [, calls]) => sum + calls, 0);
  const parts = served.map(([pod, calls]) => {
    const share = total === 0 ? 0 : (calls / total) * 100;
    return `${pod.slice(pod.lastIndexOf('-') + 1)} ${(calls / seconds).toFixed(1).padStart(6)}/s ${share.toFixed(0).padStart(3)} %`;
  });
  return [`${after.size} pods ${(total / seconds).toFixed(1).padStart(7)} calls/s`, ...parts].join('  |  ');
}
