import { z } from 'zod';

const containerStatus = z.object({
  name: z.string(),
  ready: z.boolean(),
  restartCount: z.number(),
  state: z
    .object({
      waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
      terminated: z.object({ reason: z.string().optional(), exitCode: z.number() }).optional(),
    })
    .optional(),
  lastState: z
    .object({ terminated: z.object({ reason: z.string().optional(), exitCode: z.number() }).optional() })
    .optional(),
});

const pod = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  status: z.object({
    phase: z.string().optional(),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().optional(),
          message: z.string().optional(),
        }),
      )
      .default([]),
    initContainerStatuses: z.array(containerStatus).default([]),
    containerStatuses: z.array(containerStatus).default([]),
  }),
});

export const podList = z.object({ items: z.array(pod) });

type Pod = z.infer<typeof pod>;
export type PodList = z.infer<typeof podList>;

/** A pod that is not ready, and what it waits for. */
export interface WaitingPod {
  readonly name: string;
  readonly reason: string;
  /** Whether time alone seldom mends it: worth a look at its events and logs. */
  readonly isTrouble: boolean;
}

export interface Progress {
  readonly ready: number;
  readonly total: number;
  readonly waiting: readonly WaitingPod[];
}

// Jobs and tests: they are never ready for long, and nobody waits for them here.
const JOBS_COMPONENT = 'cli';
const USUAL = new Set(['ContainerCreating', 'PodInitializing']);

/** How far the pods of a release are, those that are going left out. */
export function progressOf({ items }: PodList): Progress {
  const counted = items.filter(
    ({ metadata }) =>
      metadata.deletionTimestamp === undefined && metadata.labels['app.kubernetes.io/component'] !== JOBS_COMPONENT,
  );
  const waiting = counted.filter((pod) => !isReady(pod)).map(describe);
  return { ready: counted.length - waiting.length, total: counted.length, waiting };
}

/** One line for a person: how many are ready, and what the first few others wait for. */
export function progressLine({ ready, total, waiting }: Progress, width: number): string {
  const most = [...waiting].sort((a, b) => Number(b.isTrouble) - Number(a.isTrouble));
  const reasons = most.map(({ name, reason }) => `${name}: ${reason}`).join(', ');
  const line = `${ready} of ${total} pods ready${reasons === '' ? '' : `; ${reasons}`}`;
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

function isReady({ status }: Pod): boolean {
  return status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
}

function describe(pod: Pod): WaitingPod {
  const { name } = pod.metadata;
  const { conditions, initContainerStatuses, containerStatuses } = pod.status;
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) {
    const [reason = ''] = (unscheduled.message ?? 'no node takes it').split('. ');
    return { name, reason, isTrouble: true };
  }
  for (const { state, lastState, restartCount } of [...initContainerStatuses, ...containerStatuses]) {
    const { reason } = state?.waiting ?? {};
    const end = lastState?.terminated ?? (state?.terminated?.exitCode === 0 ? undefined : state?.terminated);
    if (end !== undefined) {
      const how = end.reason === undefined || end.reason === 'Error' ? `exit code ${end.exitCode}` : end.reason;
      return { name, reason: `ended with ${how}, ${restartCount} restarts`, isTrouble: true };
    }
    if (reason !== undefined && !USUAL.has(reason)) return { name, reason, isTrouble: true };
    if (reason !== undefined) return { name, reason: 'being created', isTrouble: false };
  }
  return { name, reason: containerStatuses.length === 0 ? 'being scheduled' : 'starting', isTrouble: false };
}
