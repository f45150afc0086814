import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { confirm } from '../terminal/script.ts';
import { WORKSPACE } from '../workspace.ts';

export interface Cluster {
  readonly context: string;
  /** `local`: another cluster on this machine. */
  readonly provider: 'kind' | 'minikube' | 'local' | 'remote';
  /** Name of the kind cluster or the minikube profile. */
  readonly name: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * @param server URL of the API server
 * @param extensions providers of the extensions in the kubeconfig
 */
export function toCluster(context: string, server: string, extensions: string): Cluster {
  if (context.startsWith('kind-')) return { context, provider: 'kind', name: context.slice('kind-'.length) };
  // A minikube profile can have any name.
  const isMinikube = context === 'minikube' || extensions.includes('minikube.sigs.k8s.io');
  const other = LOOPBACK.test(new URL(server).hostname) ? 'local' : 'remote';
  return { context, provider: isMinikube ? 'minikube' : other, name: context };
}

/** Returns the helm flags for the values of the cluster, followed by those of the user. */
export function valueFlags(
  { provider }: Cluster,
  files: readonly string[],
  sets: readonly string[],
): readonly string[] {
  const standard = join(WORKSPACE, 'k8s', `values-${provider}.yaml`);
  const all = [...(existsSync(standard) ? [standard] : []), ...files];
  return [...all.flatMap((file) => ['--values', file]), ...sets.flatMap((set) => ['--set', set])];
}

/** @throws Error if the cluster is remote and the user does not confirm */
export function confirmInstall({ context, provider }: Cluster, isConfirmed: boolean): Promise<void> {
  return confirm(`${context} is a remote cluster. Install Viernes?`, isConfirmed || provider !== 'remote');
}
