import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './pods.js';
import { callsByPod, sharesOf } from './served-calls.js';

interface Look {
  readonly atMs: number;
  readonly calls: ReadonlyMap<string, number>;
}

const EVERY_MS = 1_000;

/** Looks each second at how many calls each pod of a service has served. */
export class CallWatch {
  readonly looks: Look[] = [];
  private readonly looking: Promise<void>;
  private isOver = false;

  private constructor(private readonly service: Service) {
    this.looking = this.look();
  }

  static of(service: Service): CallWatch {
    return new CallWatch(service);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.looking;
  }

  /** Each pod's part of the calls served between two moments (epoch milliseconds). */
  shares(fromMs: number, untilMs: number): ReadonlyMap<string, number> {
    return sharesOf(this.lastBefore(fromMs), this.lastBefore(untilMs));
  }

  /**
   * When so many pods first had each at least `share` of the calls of the `windowSeconds` before.
   *
   * @returns epoch milliseconds; undefined when that never was
   */
  sharedSince(fromMs: number, pods: number, share: number, windowSeconds: number): number | undefined {
    return this.looks.find(({ atMs }) => {
      if (atMs < fromMs) return false;
      const parts = [...this.shares(atMs - windowSeconds * 1000, atMs).values()];
      return parts.length === pods && parts.every((part) => part >= share);
    })?.atMs;
  }

  /** Calls a second of each pod over time: seconds since the first look, and the mean of `windowSeconds`. */
  rates(windowSeconds: number): ReadonlyMap<string, [seconds: number, callsPerSecond: number][]> {
    const startMs = this.looks[0]?.atMs ?? 0;
    const rates = new Map<string, [number, number][]>();
    for (const { atMs, calls } of this.looks) {
      const before = this.lookAt(atMs - windowSeconds * 1000);
      if (before === undefined || before.atMs === atMs) continue;
      for (const [pod, count] of calls) {
        const rate = ((count - (before.calls.get(pod) ?? 0)) * 1000) / (atMs - before.atMs);
        rates.set(pod, [...(rates.get(pod) ?? []), [(atMs - startMs) / 1000, rate]]);
      }
    }
    return rates;
  }

  private lastBefore(atMs: number): ReadonlyMap<string, number> {
    return this.lookAt(atMs)?.calls ?? new Map();
  }

  private lookAt(atMs: number): Look | undefined {
    return this.looks.findLast((look) => look.atMs <= atMs) ?? this.looks[0];
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      const atMs = Date.now();
      this.looks.push({ atMs, calls: await callsByPod(this.service) });
      await sleep(EVERY_MS);
    }
  }
}
