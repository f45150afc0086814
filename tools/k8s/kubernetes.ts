import { toCluster, type Cluster } from './cluster.ts';
import { runProgram, type RunOptions } from './run-program.ts';

// The extensions contain the provider minikube.
const CURRENT_CLUSTER =
  '{.current-context}{"\\n"}{.clusters[0].cluster.server}{"\\n"}{.clusters[0].cluster.extensions[*].extension.provider}';

/** kubectl and helm with a fixed context and namespace, so that a later change of the current context has no effect. */
export class Kubernetes {
  readonly cluster: Cluster;
  readonly namespace: string;

  private constructor(cluster: Cluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** @throws Error if kubectl or helm is missing, there is no current context, or the cluster does not respond */
  static async connect(namespace: string): Promise<Kubernetes> {
    await runProgram('helm', ['version', '--short']);
    const view = ['config', 'view', '--minify', '--output', `jsonpath=${CURRENT_CLUSTER}`];
    const { stdout } = await runProgram('kubectl', view);
    const [context = '', server = '', extensions = ''] = stdout.split('\n');
    const kubernetes = new Kubernetes(toCluster(context, server, extensions), namespace);
    console.log(`Cluster ${context}, ${server} (${kubernetes.cluster.provider})`);
    await kubernetes.kubectl(['version', '--request-timeout=10s']);
    return kubernetes;
  }

  /** @throws Error if kubectl fails, unless `reject` is false */
  kubectl(args: readonly string[], options?: RunOptions) {
    return runProgram('kubectl', ['--context', this.cluster.context, '--namespace', this.namespace, ...args], options);
  }

  /** @throws Error if helm fails, unless `reject` is false */
  helm(args: readonly string[], options?: RunOptions) {
    const context = ['--kube-context', this.cluster.context, '--namespace', this.namespace];
    return runProgram('helm', [...context, ...args], options);
  }

  /** Runs `kubectl get` with a JSONPath and returns the lines of the output that are not empty. */
  async lines(path: string, args: readonly string[], options?: RunOptions): Promise<readonly string[]> {
    const { stdout } = await this.kubectl(['get', ...args, '--output', `jsonpath=${path}`], options);
    return stdout.split('\n').filter((line) => line.trim() !== '');
  }

  async words(path: string, args: readonly string[]): Promise<readonly string[]> {
    return (await this.lines(path, args)).flatMap((line) => line.trim().split(/\s+/));
  }
}
