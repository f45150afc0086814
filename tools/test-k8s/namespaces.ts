import { hostname } from 'node:os';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { identify, isAlive } from '../processes/process-identity.ts';

const PID_LABEL = 'viernes.example/run-of';
const HOST = 'viernes.example/host';
const START_TIME = 'viernes.example/start-time';
/** Name, host, process ID and start time on one line per namespace. The start time can contain spaces. */
const OWNERS = String.raw`{range .items[*]}{.metadata.name} {.metadata.annotations.viernes\.example/host} {.metadata.labels.viernes\.example/run-of} {.metadata.annotations.viernes\.example/start-time}{"\n"}{end}`;

/** Creates a namespace that identifies this process, so that a later run can delete it after a crash. */
export async function createNamespace(kubernetes: Kubernetes, name: string): Promise<void> {
  const startTime = identify(process.pid)?.startTime;
  // Without a start time, another run would delete the namespace.
  if (startTime === undefined) throw new Error('Cannot read the start time of this process');
  await createObject(kubernetes, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [PID_LABEL]: String(process.pid), 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { [HOST]: hostname(), [START_TIME]: startTime },
    },
  });
}

/** Deletes namespaces with all objects and volumes, and waits until they are deleted. */
export async function deleteNamespaces(kubernetes: Kubernetes, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await kubernetes.kubectl(['delete', 'namespace', ...names, '--ignore-not-found', '--wait', '--timeout', '180s']);
}

/** Deletes the namespaces of earlier runs on this machine that did not delete them. */
export async function deleteStaleNamespaces(kubernetes: Kubernetes): Promise<void> {
  const owners = await kubernetes.lines(OWNERS, ['namespaces', '--selector', PID_LABEL]);
  const stale = owners.flatMap((line) => {
    const [name = '', host, pid, ...startTime] = line.split(' ');
    return host === hostname() && !isAlive({ pid: Number(pid), startTime: startTime.join(' ') }) ? [name] : [];
  });
  if (stale.length > 0) console.log(`Deleting the namespaces of an earlier run: ${stale.join(', ')}`);
  await deleteNamespaces(kubernetes, stale);
}

/** Creates an object from standard input, because other users of the machine can read command lines. */
export async function createObject(kubernetes: Kubernetes, object: unknown): Promise<void> {
  await kubernetes.kubectl(['create', '--filename', '-'], { input: JSON.stringify(object) });
}
