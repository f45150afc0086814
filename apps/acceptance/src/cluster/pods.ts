import { eventually } from '../support/eventually.js';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';

/** As far as the demonstrations look at a pod. */
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
  readonly isLeaving: boolean;
  readonly restarts: number;
}

export const SERVICES = ['edge', 'catalog', 'user', 'video', 'transcoder'] as const;
export const BACKING = ['postgres', 'kafka', 'minio', 'valkey'] as const;
export type Service = (typeof SERVICES)[number];
export type Backing = (typeof BACKING)[number];

/** Pods of the release that are to run for ever: not those of Jobs and tests. */
export async function longRunningPods(component?: Service | Backing): Promise<Pod[]> {
  const wanted: readonly string[] = component === undefined ? [...SERVICES, ...BACKING] : [component];
  const selector = encodeURIComponent(
    `app.kubernetes.io/instance=${cluster.release},app.kubernetes.io/component in (${wanted.join(',')})`,
  );
  const { items } = await readObject<{ items: readonly PodObject[] }>(
    `/api/v1/namespaces/${cluster.namespace}/pods?labelSelector=${selector}`,
  );
  return items.map(readPod);
}

function readPod({ metadata, spec, status }: PodObject): Pod {
  return {
    name: metadata.name,
    uid: metadata.uid,
    component: metadata.labels?.['app.kubernetes.io/component'] ?? '',
    ip: status.podIP,
    ports: spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
    isReady: status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    isLeaving: metadata.deletionTimestamp !== undefined,
    restarts: (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
  };
}

/** Waits until a component has exactly so many pods, all ready and none on its way out. */
export function settled(component: Service | Backing, count: number): Promise<Pod[]> {
  return eventually(
    () => longRunningPods(component),
    (pods) => pods.length === count && pods.every(({ isReady, isLeaving }) => isReady && !isLeaving),
    { withinSeconds: 180, what: `${count} pods of ${component} are ready, and no others there` },
  );
}

/** Waits until so many pods are ready; others may be on their way out. */
export function readyPods(component: Service | Backing, count: number): Promise<Pod[]> {
  return eventually(
    async () => (await longRunningPods(component)).filter(({ isReady, isLeaving }) => isReady && !isLeaving),
    (pods) => pods.length === count,
    { withinSeconds: 180, what: `${count} pods of ${component} are ready` },
  );
}
