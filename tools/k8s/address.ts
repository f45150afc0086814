import { z } from 'zod';
import type { Cluster } from './cluster.ts';
import type { Kubernetes } from './kubernetes.ts';
import { RELEASE } from './release.ts';

const PROBE_TIMEOUT_MS = 2_000;
// k8s/kind.yaml maps this port of the machine to the node port of k8s/values-kind.yaml.
const KIND_URL = 'http://127.0.0.1:8400';

const service = z.object({
  spec: z.object({ ports: z.array(z.object({ port: z.number(), nodePort: z.number().optional() })) }),
  status: z.object({
    loadBalancer: z
      .object({
        ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).optional(),
      })
      .optional(),
  }),
});

const nodes = z.object({
  items: z.array(
    z.object({ status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }) }),
  ),
});

interface Door {
  readonly port: number;
  readonly nodePort: number | undefined;
  readonly balancers: readonly string[];
  readonly nodes: readonly string[];
}

/** Where the edge of this machine's or another cluster may be reached from here, the likeliest first. */
export function candidateUrls({ maker }: Cluster, door: Door): readonly string[] {
  const { port, nodePort } = door;
  const balanced = door.balancers.map((host) => `http://${host}${port === 80 ? '' : `:${port}`}`);
  if (nodePort === undefined) return balanced;
  const hosts = maker === 'remote' ? door.nodes : ['127.0.0.1', ...door.nodes];
  return [...balanced, ...(maker === 'kind' ? [KIND_URL] : []), ...hosts.map((host) => `http://${host}:${nodePort}`)];
}

/** Where the edge answers from this machine, tried for real; undefined: nowhere, without a forwarded port. */
export async function findUrl(kubernetes: Kubernetes): Promise<string | undefined> {
  const { spec, status } = await kubernetes.get(service, ['service', `${RELEASE}-edge`]);
  const { items } = await kubernetes.get(nodes, ['nodes']);
  const [first] = spec.ports;
  if (first === undefined) return undefined;
  const door: Door = {
    port: first.port,
    nodePort: first.nodePort,
    balancers: (status.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
    nodes: items.flatMap(({ status: { addresses } }) =>
      addresses.filter(({ type }) => type.endsWith('IP')).map(({ address }) => address),
    ),
  };
  for (const url of candidateUrls(kubernetes.cluster, door)) if (await isViernes(url)) return url;
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
