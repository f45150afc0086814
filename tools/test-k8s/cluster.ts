import { execa } from 'execa';
import { findPrograms, type Programs } from './kubernetes.ts';

export interface Cluster extends Programs {
  readonly context: string;
}

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly clusters?: readonly { readonly cluster: { readonly server: string } }[];
}

const PRIVATE = /^(localhost$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]$)/;

/**
 * The cluster that kubectl talks to.
 *
 * @throws Error when there is none, or it is not on this machine and nobody said that it may be used
 */
export async function findCluster({ isAnyAllowed }: { isAnyAllowed: boolean }): Promise<Cluster> {
  const programs = findPrograms();
  const { stdout } = await execa(programs.kubectl, ['config', 'view', '--minify', '--output', 'json'], {
    reject: false,
  });
  const config = (stdout === '' ? {} : JSON.parse(stdout)) as KubeConfig;
  const server = config.clusters?.[0]?.cluster.server;
  if (server === undefined) throw new Error('kubectl knows no cluster: start one, or set KUBECONFIG.');
  const context = config['current-context'] ?? server;
  if (!isAnyAllowed && !PRIVATE.test(new URL(server).hostname)) {
    throw new Error(
      `The current cluster, ${context} at ${server}, is not on this machine: add --any-cluster if it may be used.`,
    );
  }
  const { exitCode, stderr } = await execa(programs.kubectl, ['get', '--raw', '/readyz', '--request-timeout=10s'], {
    reject: false,
  });
  if (exitCode !== 0) throw new Error(`The current cluster, ${context} at ${server}, does not answer: ${stderr}`);
  return { ...programs, context };
}
