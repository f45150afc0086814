import { RELEASE } from '../chart/files.ts';
import type { Cluster } from './cluster.ts';
import type { Kubernetes } from './kubernetes.ts';

// k8s/kind.yaml maps this port to the node port of k8s/values-kind.yaml.
const KIND_URL = 'http://127.0.0.1:8400';

/** Returns the possible URLs of a NodePort for this machine, the most likely first. */
export function candidateUrls({ provider }: Cluster, nodePort: string, nodes: readonly string[]): readonly string[] {
  const hosts = provider === 'remote' ? nodes : ['127.0.0.1', ...nodes];
  return [...(provider === 'kind' ? [KIND_URL] : []), ...hosts.map((host) => `http://${host}:${nodePort}`)];
}

/** Returns the IP addresses of the nodes. This machine can reach the bridge addresses of kind and minikube. */
export function nodeAddresses(kubernetes: Kubernetes): Promise<readonly string[]> {
  return kubernetes.words('{.items[*].status.addresses[?(@.type!="Hostname")].address}', ['nodes']);
}

/** Returns a URL at which the edge responds, or undefined if only a forwarded port can reach it. */
export async function findEdgeUrl(kubernetes: Kubernetes): Promise<string | undefined> {
  const [nodePort] = await kubernetes.words('{.spec.ports[0].nodePort}', ['service', `${RELEASE}-edge`]);
  if (nodePort === undefined) return undefined;
  for (const url of candidateUrls(kubernetes.cluster, nodePort, await nodeAddresses(kubernetes))) {
    const request = fetch(`${url}/v1/openapi.json`, { signal: AbortSignal.timeout(2_000) });
    const text = await request.then((response) => (response.ok ? response.text() : '')).catch(() => '');
    if (text.includes('Viernes')) return url;
  }
  return undefined;
}
