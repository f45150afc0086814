/** Where the cluster under test is, and what the demonstrations may use of it. */
export interface ClusterConfig {
  /** The release's own, empty at first; it enforces the PodSecurity level `restricted`. */
  readonly namespace: string;
  /** Another one, for who is not part of the platform. */
  readonly neighbourNamespace: string;
  readonly release: string;
  readonly chart: string;
  /** Values that this cluster needs: a NodePort, limits for many visitors from one address. */
  readonly values: string;
  readonly imageTag: string;
  /** A unix socket on which `kubectl proxy` answers as the API server. */
  readonly apiSocket: string;
  readonly kubectl: string;
  readonly helm: string;
  /** For the graphs and figures of this run. */
  readonly reportFolder: string;
}

const NAMES = {
  namespace: 'CLUSTER_NAMESPACE',
  neighbourNamespace: 'CLUSTER_NEIGHBOUR_NAMESPACE',
  release: 'CLUSTER_RELEASE',
  chart: 'CLUSTER_CHART',
  values: 'CLUSTER_VALUES',
  imageTag: 'CLUSTER_IMAGE_TAG',
  apiSocket: 'CLUSTER_API_SOCKET',
  kubectl: 'KUBECTL_PATH',
  helm: 'HELM_PATH',
  reportFolder: 'CLUSTER_REPORTS',
} as const satisfies Record<keyof ClusterConfig, string>;

/** @throws Error that names every missing variable at once */
export function loadClusterConfig(env: NodeJS.ProcessEnv): ClusterConfig {
  const missing = Object.values(NAMES).filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new Error(
      `The demonstrations need a cluster; set ${missing.join(', ')}, or use npm run test:k8s, which does`,
    );
  }
  const read = Object.entries(NAMES).map(([key, name]) => [key, env[name] ?? '']);
  return Object.freeze(Object.fromEntries(read) as unknown as ClusterConfig);
}

export const cluster = loadClusterConfig(process.env);
