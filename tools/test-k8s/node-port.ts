import type { Kubernetes } from '../k8s/kubernetes.ts';

const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2_768;

/** Free in the range that Kubernetes gives to NodePorts by default. */
export async function freeNodePort(kubernetes: Kubernetes): Promise<number> {
  const fields = 'jsonpath={.items[*].spec.ports[*].nodePort}';
  const { stdout } = await kubernetes.kubectl(['get', 'services', '--all-namespaces', '--output', fields]);
  const taken = new Set(stdout.split(/\s+/).map(Number));
  for (;;) {
    const port = FIRST_NODE_PORT + Math.floor(Math.random() * NODE_PORTS);
    if (!taken.has(port)) return port;
  }
}

/** An address of a node, as this machine may reach it: kind's and minikube's are addresses of a bridge here. */
export async function nodeAddress(kubernetes: Kubernetes): Promise<string> {
  const fields = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}';
  const { stdout } = await kubernetes.kubectl(['get', 'nodes', '--output', fields]);
  const [address = ''] = stdout.split(' ');
  if (address === '') throw new Error('The cluster has no node with an address.');
  return address;
}
