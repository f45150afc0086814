import type { Kubernetes } from '../k8s/kubernetes.ts';

const MIN_NODE_PORT = 30_000;
const NODE_PORT_COUNT = 2_768;

/** Returns an unused port of the default NodePort range. */
export async function freeNodePort(kubernetes: Kubernetes): Promise<number> {
  const used = await kubernetes.words('{.items[*].spec.ports[*].nodePort}', ['services', '--all-namespaces']);
  for (;;) {
    const port = MIN_NODE_PORT + Math.floor(Math.random() * NODE_PORT_COUNT);
    if (!used.includes(String(port))) return port;
  }
}

/** Returns the IP address of a node. This machine can reach the bridge addresses of kind and minikube. */
export async function nodeAddress(kubernetes: Kubernetes): Promise<string> {
  const [address] = await kubernetes.words('{.items[0].status.addresses[?(@.type=="InternalIP")].address}', ['nodes']);
  if (address === undefined) throw new Error('The cluster has no node with an IP address.');
  return address;
}
