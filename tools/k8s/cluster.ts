import { z } from 'zod';
import { askYesNo } from '../terminal/ask.ts';

/** The current context as `kubectl config view --minify --output json` prints it. */
export const kubeConfig = z.object({
  'current-context': z.string(),
  clusters: z.tuple([
    z.object({
      cluster: z.object({
        server: z.url(),
        extensions: z.array(z.object({ extension: z.looseObject({ provider: z.string().optional() }) })).default([]),
      }),
    }),
  ]),
});

export interface Cluster {
  readonly context: string;
  readonly server: string;
  /** `local`: another cluster on this machine. */
  readonly provider: 'kind' | 'minikube' | 'local' | 'remote';
  /** Name of the kind cluster or the minikube profile. */
  readonly name: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export function toCluster(config: z.infer<typeof kubeConfig>): Cluster {
  const { 'current-context': context, clusters } = config;
  const [{ cluster }] = clusters;
  const { server, extensions } = cluster;
  const base = { context, server, name: context };
  if (context.startsWith('kind-')) return { ...base, provider: 'kind', name: context.slice('kind-'.length) };
  // A minikube profile can have any name.
  const isMinikube = extensions.some(({ extension }) => extension.provider === 'minikube.sigs.k8s.io');
  if (isMinikube || context === 'minikube') return { ...base, provider: 'minikube' };
  return { ...base, provider: LOOPBACK.test(new URL(server).hostname) ? 'local' : 'remote' };
}

/** @throws Error if the cluster is remote and the user does not confirm */
export async function confirmInstall({ context, provider }: Cluster, isConfirmed: boolean): Promise<void> {
  if (isConfirmed || provider !== 'remote') return;
  const withoutTerminal = `${context} is a remote cluster. To confirm without a terminal, add --yes.`;
  if (!(await askYesNo('This is a remote cluster. Install Viernes?', withoutTerminal))) throw new Error('Cancelled.');
}

/** @throws Error if the user does not confirm */
export async function confirmUninstall(namespace: string, isDataDeleted: boolean, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return;
  const data = isDataDeleted ? 'and delete all videos, accounts and passwords' : 'and keep its data';
  const withoutTerminal = 'To confirm without a terminal, add --yes.';
  const question = `Uninstall Viernes from namespace ${namespace} ${data}?`;
  if (!(await askYesNo(question, withoutTerminal))) throw new Error('Cancelled.');
}
