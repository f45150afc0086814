import { execa } from 'execa';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { identify, isAlive } from '../processes/process-identity.ts';

const PID_LABEL = 'viernes.example/run-of';
const HOST = 'viernes.example/host';
const START_TIME = 'viernes.example/start-time';

const namespaces = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
    }),
  ),
});

/** Creates a namespace that identifies this process, so that a later run can delete it after a crash. */
export async function createNamespace(kubernetes: Kubernetes, name: string): Promise<void> {
  await createObject(kubernetes, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [PID_LABEL]: String(process.pid), 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { [HOST]: hostname(), [START_TIME]: identify(process.pid)?.startTime ?? '' },
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
  const { stdout } = await kubernetes.kubectl(['get', 'namespaces', '--selector', PID_LABEL, '--output', 'json']);
  const { items } = namespaces.parse(JSON.parse(stdout));
  const stale = items
    .filter(({ metadata: { labels, annotations } }) => {
      const identity = { pid: Number(labels[PID_LABEL]), startTime: annotations[START_TIME] ?? '' };
      return annotations[HOST] === hostname() && !isAlive(identity);
    })
    .map(({ metadata }) => metadata.name);
  if (stale.length > 0) console.log(`Deleting the namespaces of an earlier run: ${stale.join(', ')}`);
  await deleteNamespaces(kubernetes, stale);
}

/** Creates an object from standard input, because other users of the machine can read command lines. */
export async function createObject({ cluster }: Kubernetes, object: unknown): Promise<void> {
  const input = JSON.stringify(object);
  await execa('kubectl', ['--context', cluster.context, 'create', '--filename', '-'], { input });
}
