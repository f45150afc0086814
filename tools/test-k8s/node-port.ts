import { execa } from 'execa';
import { findOnPath } from '../backing/native/path-programs.ts';

export interface Programs {
  readonly kubectl: string;
  readonly helm: string;
}

/** @throws Error that names what is missing */
export function findPrograms(env: NodeJS.ProcessEnv = process.env): Programs {
  const find = (name: string): string => {
    const path = findOnPath([name], env['PATH']);
    if (path === undefined) throw new Error(`${name} is not on the PATH: the demonstrations on Kubernetes need it.`);
    return path;
  };
  return { kubectl: find('kubectl'), helm: find('helm') };
}

/** Free in the range that Kubernetes gives to NodePorts by default. */
export async function freeNodePort(kubectl: string): Promise<number> {
  const fields = 'jsonpath={.items[*].spec.ports[*].nodePort}';
  const { stdout } = await execa(kubectl, ['get', 'services', '--all-namespaces', '--output', fields]);
  const taken = new Set(stdout.split(/\s+/).map(Number));
  for (;;) {
    const port = 30_000 + Math.floor(Math.random() * 2_768);
    if (!taken.has(port)) return port;
  }
}

/** An address of a node, as this machine may reach it: kind's and minikube's are addresses of a bridge here. */
export async function nodeAddress(kubectl: string): Promise<string> {
  const fields = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}';
  const { stdout } = await execa(kubectl, ['get', 'nodes', '--output', fields]);
  const [address] = stdout.split(' ');
  if (address === undefined || address === '') throw new Error('The cluster has no node with an address.');
  return address;
}
