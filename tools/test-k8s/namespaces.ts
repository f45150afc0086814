import { execa } from 'execa';
import { hostname } from 'node:os';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { identify, isAlive } from '../processes/process-identity.ts';

const RUN_LABEL = 'viernes.example/run-of';
const HOST = 'viernes.example/host';
const START_TIME = 'viernes.example/start-time';

interface NamespaceList {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
  }[];
}

/** Makes a namespace that says whose it is, so that a later run can drop what a killed one left. */
export async function makeNamespace(kubernetes: Kubernetes, name: string): Promise<void> {
  const identity = identify(process.pid);
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [RUN_LABEL]: String(process.pid), 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { [HOST]: hostname(), [START_TIME]: identity?.startTime ?? '' },
    },
  };
  await createObject(kubernetes, namespace);
}

/** Drops namespaces with all that is in them, volumes too, and waits until they are gone. */
export async function dropNamespaces(kubernetes: Kubernetes, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await kubernetes.kubectl(['delete', 'namespace', ...names, '--ignore-not-found', '--wait', '--timeout', '180s']);
}

/** Drops the namespaces of runs of this machine that have ended without doing it themselves. */
export async function dropLeftovers(kubernetes: Kubernetes): Promise<readonly string[]> {
  const { stdout } = await kubernetes.kubectl(['get', 'namespaces', '--selector', RUN_LABEL, '--output', 'json']);
  const { items } = JSON.parse(stdout) as NamespaceList;
  const left = items
    .filter(({ metadata: { labels, annotations } }) => {
      if (annotations?.[HOST] !== hostname()) return false;
      return !isAlive({ pid: Number(labels?.[RUN_LABEL]), startTime: annotations[START_TIME] ?? '' });
    })
    .map(({ metadata }) => metadata.name);
  await dropNamespaces(kubernetes, left);
  return left;
}

/** From standard input: what stands on a command line, others on the machine can read. */
export async function createObject({ cluster }: Kubernetes, object: unknown): Promise<void> {
  const input = JSON.stringify(object);
  await execa('kubectl', ['--context', cluster.context, 'create', '--filename', '-'], { input });
}
