import { z } from 'zod';

export const kubeConfig = z.object({
  'current-context': z.string().optional(),
  contexts: z
    .array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) }))
    .nullish()
    .transform((contexts) => contexts ?? []),
  clusters: z
    .array(
      z.object({
        name: z.string(),
        cluster: z.object({
          server: z.url(),
          extensions: z
            .array(z.object({ extension: z.looseObject({ provider: z.string().optional() }) }))
            .nullish()
            .transform((extensions) => extensions ?? []),
        }),
      }),
    )
    .nullish()
    .transform((clusters) => clusters ?? []),
});

export type KubeConfig = z.infer<typeof kubeConfig>;

/** What made a cluster; `local`: something on this machine, `remote`: everything else. */
export type Maker = 'kind' | 'minikube' | 'k3d' | 'docker-desktop' | 'rancher-desktop' | 'local' | 'remote';

export interface Cluster {
  readonly context: string;
  readonly server: string;
  readonly maker: Maker;
  /** What its maker calls it: name of the kind or k3d cluster, profile of minikube. */
  readonly name: string;
}

const PREFIXES = { 'kind-': 'kind', 'k3d-': 'k3d' } as const;
const NAMES = ['minikube', 'docker-desktop', 'rancher-desktop'] as const;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The cluster that kubectl's current context leads to; undefined when there is none. */
export function clusterOf(config: KubeConfig): Cluster | undefined {
  const context = config['current-context'];
  const clusterName = config.contexts.find(({ name }) => name === context)?.context.cluster;
  const entry = config.clusters.find(({ name }) => name === clusterName)?.cluster;
  if (context === undefined || entry === undefined) return undefined;
  const { server } = entry;
  for (const [prefix, maker] of Object.entries(PREFIXES)) {
    if (context.startsWith(prefix)) return { context, server, maker, name: context.slice(prefix.length) };
  }
  // A profile of minikube may have any name.
  const isMinikube = entry.extensions.some(({ extension }) => extension.provider === 'minikube.sigs.k8s.io');
  const known = isMinikube ? 'minikube' : NAMES.find((name) => name === context);
  const elsewhere = LOOPBACK.test(new URL(server).hostname) ? 'local' : 'remote';
  return { context, server, maker: known ?? elsewhere, name: context };
}
