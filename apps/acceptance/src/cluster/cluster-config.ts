import { join } from 'node:path';

const FIXED = { release: 'viernes', chart: join(import.meta.dirname, '../../../../helm/viernes') };

/** The cluster under test. */
export interface ClusterConfig extends Readonly<typeof FIXED> {
  /** Namespace of the release. It enforces the Pod Security level `restricted`. */
  readonly namespace: string;
  /** Namespace of pods that are not part of the platform. */
  readonly neighborNamespace: string;
  /** Values file for this cluster: a NodePort, and rate limits for many simulated users with one IP address. */
  readonly values: string;
  readonly imageTag: string;
  /** Unix socket of `kubectl proxy`, which forwards requests to the API server. */
  readonly apiSocket: string;
  /** Folder for the graphs and measurements of this run. */
  readonly reportFolder: string;
}

const NAMES = {
  namespace: 'CLUSTER_NAMESPACE',
  neighborNamespace: 'CLUSTER_NEIGHBOR_NAMESPACE',
  values: 'CLUSTER_VALUES',
  imageTag: 'CLUSTER_IMAGE_TAG',
  apiSocket: 'CLUSTER_API_SOCKET',
  reportFolder: 'CLUSTER_REPORTS',
} as const satisfies Record<Exclude<keyof ClusterConfig, keyof typeof FIXED>, string>;

/** @throws Error that names all missing variables */
export function loadClusterConfig(env: NodeJS.ProcessEnv): ClusterConfig {
  const missing = Object.values(NAMES).filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new Error(`Missing variables: ${missing.join(', ')}. Run the cluster tests with: npm run test:k8s`);
  }
  const read = Object.entries(NAMES).map(([key, name]) => [key, env[name] ?? '']);
  return Object.freeze({ ...FIXED, ...Object.fromEntries(read) } as unknown as ClusterConfig);
}

export const cluster = loadClusterConfig(process.env);
