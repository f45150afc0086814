import { eventually } from '../support/eventually.js';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';

/** The fields of a Kubernetes pod that these tests read. */
interface PodObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly { readonly ports?: readonly { readonly containerPort: number }[] }[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

export interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly component: string;
  readonly ip: string | undefined;
  readonly ports: readonly number[];
  readonly isReady: boolean;
  readonly isTerminating: boolean;
  readonly restarts: number;
}

export const SERVICES = ['edge', 'catalog', 'user', 'video', 'transcoder'] as const;
export const BACKING = ['postgres', 'kafka', 'minio', 'valkey'] as const;
export type Service = (typeof SERVICES)[number];
export type Backing = (typeof BACKING)[number];

/** Returns the pods of the release, except those of Jobs and tests. */
export async function longRunningPods(component?: Service | Backing): Promise<Pod[]> {
  const components: readonly string[] = component === undefined ? [...SERVICES, 'monolith', ...BACKING] : [component];
  const selector = encodeURIComponent(
    `app.kubernetes.io/instance=${cluster.release},app.kubernetes.io/component in (${components.join(',')})`,
  );
  const { items } = await readObject<{ items: readonly PodObject[] }>(
    `/api/v1/namespaces/${cluster.namespace}/pods?labelSelector=${selector}`,
  );
  return items.map(toPod);
}

function toPod({ metadata, spec, status }: PodObject): Pod {
  return {
    name: metadata.name,
    uid: metadata.uid,
    component: metadata.labels?.['app.kubernetes.io/component'] ?? '',
    ip: status.podIP,
    ports: spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
    isReady: status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    isTerminating: metadata.deletionTimestamp !== undefined,
    restarts: (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
  };
}

/** Waits until a component has exactly this number of pods, all of them ready and none terminating. */
export function waitForPods(component: Service | Backing, count: number): Promise<Pod[]> {
  return eventually(
    () => longRunningPods(component),
    (pods) => pods.length === count && pods.every(({ isReady, isTerminating }) => isReady && !isTerminating),
    { withinSeconds: 180, what: `${component} has exactly ${count} pods, and all are ready` },
  );
}

/** Waits until the release has exactly one pod per given component, all of them ready, and no pod of another component. */
export function waitForComponents(components: readonly string[]): Promise<Pod[]> {
  const expected = components.toSorted().join();
  return eventually(
    () => longRunningPods(),
    (pods) =>
      pods.every(({ isReady, isTerminating }) => isReady && !isTerminating) &&
      pods
        .map(({ component }) => component)
        .toSorted()
        .join() === expected,
    { withinSeconds: 180, what: `the release has one ready pod of each of ${expected}, and no other pods` },
  );
}

/** Waits until this number of pods is ready. Others can still be terminating. */
export function waitForReadyPods(component: Service | Backing, count: number): Promise<Pod[]> {
  return eventually(
    async () => (await longRunningPods(component)).filter(({ isReady, isTerminating }) => isReady && !isTerminating),
    (pods) => pods.length === count,
    { withinSeconds: 180, what: `${count} pods of ${component} are ready` },
  );
}
