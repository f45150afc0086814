import { kubeConfig, toCluster, type Cluster } from './cluster.ts';
import { runProgram, type RunOptions } from './run-program.ts';

/** kubectl and helm with a fixed context and namespace, so that a later change of the current context has no effect. */
export class Kubernetes {
  readonly cluster: Cluster;
  readonly namespace: string;

  private constructor(cluster: Cluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** @throws Error if kubectl or helm is missing, or the cluster does not respond */
  static async connect(namespace: string): Promise<Kubernetes> {
    await runProgram('helm', ['version', '--short']);
    const view = await runProgram('kubectl', ['config', 'view', '--minify', '--output', 'json'], { reject: false });
    if (view.exitCode !== 0) {
      throw new Error('kubectl has no current context. Create a cluster: kind create cluster --config k8s/kind.yaml');
    }
    const cluster = toCluster(kubeConfig.parse(JSON.parse(view.stdout)));
    const kubernetes = new Kubernetes(cluster, namespace);
    const { exitCode, stderr } = await kubernetes.kubectl(['version', '--request-timeout=10s'], { reject: false });
    if (exitCode !== 0)
      throw new Error(`The cluster ${cluster.context}, ${cluster.server}, does not respond:\n${stderr}`);
    console.log(`Cluster ${cluster.context}, ${cluster.server} (${cluster.provider})`);
    return kubernetes;
  }

  /** @throws ExecaError if kubectl fails, unless `reject` is false */
  kubectl(args: readonly string[], options: RunOptions = {}) {
    return runProgram('kubectl', ['--context', this.cluster.context, '--namespace', this.namespace, ...args], options);
  }

  /** @throws ExecaError if helm fails, unless `reject` is false */
  helm(args: readonly string[], options: RunOptions = {}) {
    const context = ['--kube-context', this.cluster.context, '--namespace', this.namespace];
    return runProgram('helm', [...context, ...args], options);
  }

  /** Runs `kubectl get` with a JSONPath and returns the words of the output. */
  async words(path: string, args: readonly string[]): Promise<readonly string[]> {
    const { stdout } = await this.kubectl(['get', ...args, '--output', `jsonpath=${path}`]);
    return stdout.split(/\s+/).filter((word) => word !== '');
  }
}
