import { measurePeak } from '../load/closed-loop.js';
import { ASSUMPTIONS } from './assumptions.js';
import { requestsPerViewer } from './capacity.js';
import { subtractIdle, sumProcesses } from './cpu-samples.js';
import type { PlatformCpu } from './platform-cpu.js';
import type { HeartbeatRates } from './prediction.js';
import { mixRequests, type RequestKind } from './request-mix.js';
import type { Workload } from './workload.js';

/** Cores that the platform should use during the mixed loads, above those of the idle platform. */
export const LOAD_CORES = { low: 0.2, medium: 0.4, high: 0.6 } as const;
export type LoadName = keyof typeof LOAD_CORES;

/** Without sessions, which are a small fraction of the requests. */
const { session: _session, ...perViewer } = requestsPerViewer(ASSUMPTIONS);
/** Requests per second of one viewer. */
export const RATES_PER_VIEWER: Readonly<Record<RequestKind, number>> = perViewer;
export const SINGLE_KINDS = ['cached', 'home', 'list', 'title', 'search'] as const;
type SingleKind = (typeof SINGLE_KINDS)[number];

/** Requests per second. */
export interface LoadRates {
  readonly mixed: Readonly<Record<LoadName, number>>;
  readonly kinds: Readonly<Record<SingleKind, number>>;
  readonly heartbeats: HeartbeatRates;
}

/** Highest fraction of the peak rate of a kind on this machine, so that no request waits. */
const PEAK_FRACTION = 0.25;
/** Before the costs are measured, so that they are those of optimized code and filled caches. */
const WARM_UP = { requestsPerSecond: 100, seconds: 20 };
const PILOT_SECONDS = 8;

/**
 * Derives the rates of all samples from a short mixed load. The costs of requests are not derived from it.
 *
 * A request that wakes sleeping processes costs more than one of many that a busy process serves together. Therefore,
 * single kinds have the request rate of the medium load, or PEAK_FRACTION of their peak rate if that is lower.
 * Heartbeats, which are most of the requests, have the rates of the low and the high load.
 */
export async function chooseRates(edgeUrl: string, workload: Workload, cpu: PlatformCpu): Promise<LoadRates> {
  const { requestsPerSecond } = WARM_UP;
  const sendMixed = (seconds: number) => {
    const { mixed } = mixRequests(workload.requests, RATES_PER_VIEWER, requestsPerSecond * seconds);
    return workload.send(mixed, requestsPerSecond, seconds);
  };
  await sendMixed(WARM_UP.seconds);
  const { pilot } = subtractIdle({ pilot: await cpu.measure(() => sendMixed(PILOT_SECONDS)) });
  const coresPerRequest = sumProcesses(pilot.cpuSeconds) / pilot.count;
  const mixed = {
    low: LOAD_CORES.low / coresPerRequest,
    medium: LOAD_CORES.medium / coresPerRequest,
    high: LOAD_CORES.high / coresPerRequest,
  };
  const kinds: Partial<Record<SingleKind, number>> = {};
  for (const kind of SINGLE_KINDS) {
    const peak = await measurePeak(edgeUrl, workload.requests[kind], 1);
    kinds[kind] = Math.min(mixed.medium, PEAK_FRACTION * peak);
  }
  return {
    mixed,
    kinds: kinds as Record<SingleKind, number>,
    heartbeats: { few: mixed.low, many: mixed.high },
  };
}
