import { execa } from 'execa';
import { hostname } from 'node:os';
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
export async function makeNamespace(kubectl: string, name: string): Promise<void> {
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
  await execa(kubectl, ['create', '--filename', '-'], { input: JSON.stringify(namespace) });
}

/** Drops namespaces with all that is in them, volumes too, and waits until they are gone. */
export async function dropNamespaces(kubectl: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await execa(kubectl, ['delete', 'namespace', ...names, '--ignore-not-found', '--wait', '--timeout', '180s']);
}

/** Drops the namespaces of runs of this machine that have ended without doing it themselves. */
export async function dropLeftovers(kubectl: string): Promise<readonly string[]> {
  const { stdout } = await execa(kubectl, ['get', 'namespaces', '--selector', RUN_LABEL, '--output', 'json']);
  const { items } = JSON.parse(stdout) as NamespaceList;
  const left = items
    .filter(({ metadata: { labels, annotations } }) => {
      if (annotations?.[HOST] !== hostname()) return false;
      return !isAlive({ pid: Number(labels?.[RUN_LABEL]), startTime: annotations[START_TIME] ?? '' });
    })
    .map(({ metadata }) => metadata.name);
  await dropNamespaces(kubectl, left);
  return left;
}
