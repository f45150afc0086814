import type { Cluster } from './cluster.ts';
import type { Kubernetes } from './kubernetes.ts';
import { RELEASE } from './release.ts';

const PROBE_TIMEOUT_MS = 2_000;
// k8s/kind.yaml maps this port to the node port of k8s/values-kind.yaml.
const KIND_URL = 'http://127.0.0.1:8400';

export interface EdgeService {
  readonly port: number;
  readonly nodePort: number | undefined;
  /** IP addresses and host names of the load balancer. */
  readonly balancers: readonly string[];
  /** IP addresses of the nodes. */
  readonly nodes: readonly string[];
}

/** Returns the possible URLs of the edge for this machine, the most likely first. */
export function candidateUrls(
  { provider }: Cluster,
  { port, nodePort, balancers, nodes }: EdgeService,
): readonly string[] {
  const balanced = balancers.map((host) => `http://${host}${port === 80 ? '' : `:${port}`}`);
  if (nodePort === undefined) return balanced;
  const hosts = provider === 'remote' ? nodes : ['127.0.0.1', ...nodes];
  return [
    ...balanced,
    ...(provider === 'kind' ? [KIND_URL] : []),
    ...hosts.map((host) => `http://${host}:${nodePort}`),
  ];
}

/** Returns a URL at which the edge responds, or undefined if it needs a forwarded port. */
export async function findEdgeUrl(kubernetes: Kubernetes): Promise<string | undefined> {
  const name = `${RELEASE}-edge`;
  const ports = await kubernetes.words('{.spec.ports[0].port} {.spec.ports[0].nodePort}', ['service', name]);
  const [port = 80, nodePort] = ports.map(Number);
  const balancers = await kubernetes.words('{.status.loadBalancer.ingress[*].*}', ['service', name]);
  const nodes = await kubernetes.words('{.items[*].status.addresses[?(@.type!="Hostname")].address}', ['nodes']);
  for (const url of candidateUrls(kubernetes.cluster, { port, nodePort, balancers, nodes })) {
    if (await isViernes(url)) return url;
  }
  return undefined;
}

async function isViernes(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/openapi.json`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return response.ok && (await response.text()).includes('Viernes');
  } catch {
    return false;
  }
}
