import { setTimeout as sleep } from 'node:timers/promises';
import { stopAfterTest } from './background-work.js';
import type { Service } from './pods.js';
import { callsByPod, callShares, callsSince, type Snapshot } from './served-calls.js';

const INTERVAL_MS = 1_000;

/** Reads every second how many calls each pod of a service has served. */
export class CallMonitor {
  readonly snapshots: Snapshot[] = [];
  private readonly polling: Promise<void>;
  private isStopped = false;

  private constructor(private readonly service: Service) {
    this.polling = this.poll();
    // Prevents an unhandled rejection. stop() rejects with the same error.
    this.polling.catch(() => undefined);
  }

  static start(service: Service): CallMonitor {
    return stopAfterTest(new CallMonitor(service));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.polling;
  }

  /** Returns each pod's share of the calls between two moments (epoch milliseconds). */
  shares(fromMs: number, untilMs: number): ReadonlyMap<string, number> {
    const until = this.snapshotAt(untilMs);
    return callShares(until ? callsSince(this.snapshots, fromMs, until) : new Map());
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
    for (const snapshot of this.snapshots) {
      const seconds = (snapshot.atMs - startMs) / 1000;
      const served = callsSince(this.snapshots, snapshot.atMs - windowSeconds * 1000, snapshot);
      for (const [pod, { count, durationMs }] of served) {
        if (durationMs > 0) rates.set(pod, [...(rates.get(pod) ?? []), [seconds, (count * 1000) / durationMs]]);
      }
    }
    return rates;
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
