import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './pods.js';
import { callShares, callsByPod } from './served-calls.js';

interface Snapshot {
  readonly atMs: number;
  /** Calls per pod since the start of the pod. */
  readonly calls: ReadonlyMap<string, number>;
}

const INTERVAL_MS = 1_000;

/** Reads every second how many calls each pod of a service has served. */
export class CallMonitor {
  readonly snapshots: Snapshot[] = [];
  private readonly polling: Promise<void>;
  private isStopped = false;

  private constructor(private readonly service: Service) {
    this.polling = this.poll();
  }

  static start(service: Service): CallMonitor {
    return new CallMonitor(service);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.polling;
  }

  /** Returns each pod's share of the calls between two moments (epoch milliseconds). */
  shares(fromMs: number, untilMs: number): ReadonlyMap<string, number> {
    return callShares(this.callsAt(fromMs), this.callsAt(untilMs));
  }

  /**
   * Returns when this number of pods first had at least `share` of the calls each, in the preceding `windowSeconds`.
   *
   * @returns epoch milliseconds, or undefined if this never happened
   */
  firstShared(fromMs: number, pods: number, share: number, windowSeconds: number): number | undefined {
    return this.snapshots.find(({ atMs }) => {
      if (atMs < fromMs) return false;
      const shares = [...this.shares(atMs - windowSeconds * 1000, atMs).values()];
      return shares.length === pods && shares.every((value) => value >= share);
    })?.atMs;
  }

  /** Returns calls per second by pod: seconds since the first snapshot, and the mean over `windowSeconds`. */
  rates(windowSeconds: number): ReadonlyMap<string, [seconds: number, callsPerSecond: number][]> {
    const startMs = this.snapshots[0]?.atMs ?? 0;
    const rates = new Map<string, [number, number][]>();
    for (const { atMs, calls } of this.snapshots) {
      const before = this.snapshotAt(atMs - windowSeconds * 1000);
      if (before === undefined || before.atMs === atMs) continue;
      for (const [pod, count] of calls) {
        const rate = ((count - (before.calls.get(pod) ?? 0)) * 1000) / (atMs - before.atMs);
        rates.set(pod, [...(rates.get(pod) ?? []), [(atMs - startMs) / 1000, rate]]);
      }
    }
    return rates;
  }

  private callsAt(atMs: number): ReadonlyMap<string, number> {
    return this.snapshotAt(atMs)?.calls ?? new Map();
  }

  private snapshotAt(atMs: number): Snapshot | undefined {
    return this.snapshots.findLast((snapshot) => snapshot.atMs <= atMs) ?? this.snapshots[0];
  }

  private async poll(): Promise<void> {
    while (!this.isStopped) {
      const atMs = Date.now();
      this.snapshots.push({ atMs, calls: await callsByPod(this.service) });
      await sleep(INTERVAL_MS);
    }
  }
}
