import { ExecaError } from 'execa';
import { z } from 'zod';
import { findOnPath } from '../backing/native/programs.ts';
import { clusterOf, kubeConfig, type Cluster } from './cluster.ts';
import { run, type Outcome, type RunOptions } from './programs.ts';
import { judgeVersions } from './versions.ts';

const INSTALL = { kubectl: 'https://kubernetes.io/docs/tasks/tools', helm: 'https://helm.sh/docs/intro/install' };

const kubectlVersion = z.object({
  clientVersion: z.object({ gitVersion: z.string() }),
  serverVersion: z.object({ gitVersion: z.string() }).optional(),
});

/** kubectl and helm, held to one context and one namespace: a context that is switched meanwhile changes nothing. */
export class Kubernetes {
  readonly cluster: Cluster;
  readonly namespace: string;

  private constructor(cluster: Cluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** @throws Error for people: a program that is missing, no cluster */
  static async current(namespace: string): Promise<Kubernetes> {
    for (const [program, page] of Object.entries(INSTALL)) {
      if (findOnPath(program) === undefined) throw new Error(`${program} is not on the PATH: ${page}`);
    }
    const { stdout } = await run('kubectl', ['config', 'view', '--output', 'json']);
    const cluster = clusterOf(kubeConfig.parse(JSON.parse(stdout)));
    if (cluster === undefined) {
      throw new Error(
        'kubectl knows no current cluster. One on this machine: kind create cluster --config k8s/kind.yaml',
      );
    }
    return new Kubernetes(cluster, namespace);
  }

  /**
   * @returns what may be wrong with these versions
   * @throws Error when the cluster does not answer, or something is too old
   */
  async checkVersions(): Promise<readonly string[]> {
    const { stdout, stderr } = await this.kubectl(['version', '--output', 'json', '--request-timeout=10s'], {
      reject: false,
    });
    const { clientVersion, serverVersion } = kubectlVersion.parse(
      JSON.parse(stdout || '{"clientVersion":{"gitVersion":""}}'),
    );
    if (serverVersion === undefined) {
      throw new Error(
        `The cluster of context ${this.cluster.context}, ${this.cluster.server}, does not answer:\n${stderr}`,
      );
    }
    const { stdout: helm } = await run('helm', ['version', '--template', '{{.Version}}']);
    const { faults, warnings } = judgeVersions({
      helm,
      kubectl: clientVersion.gitVersion,
      server: serverVersion.gitVersion,
    });
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return warnings;
  }

  /** @throws ExecaError when kubectl fails, unless `reject` is false */
  kubectl(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    return run('kubectl', ['--context', this.cluster.context, '--namespace', this.namespace, ...args], options);
  }

  /** @throws ExecaError when helm fails, unless `reject` is false */
  helm(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    return run('helm', ['--kube-context', this.cluster.context, '--namespace', this.namespace, ...args], options);
  }

  /** What `kubectl get ... --output json` answers, read by a schema. */
  async get<Schema extends z.ZodType>(schema: Schema, args: readonly string[]): Promise<z.output<Schema>> {
    const { stdout } = await this.kubectl(['get', ...args, '--output', 'json']);
    return schema.parse(JSON.parse(stdout));
  }
}

/** What a program said when it failed, without the command line. */
export function wordsOf(error: unknown): string {
  if (error instanceof ExecaError) return String(error.all || error.stderr || error.shortMessage).trim();
  return error instanceof Error ? error.message : String(error);
}
