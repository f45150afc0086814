import { setTimeout as sleep } from 'node:timers/promises';
import { readObject } from './api-server.js';
import { stopAfterTest } from './background-work.js';
import { cluster } from './cluster-config.js';
import type { Service } from './pods.js';
import type { Point } from './time-graph.js';

const INTERVAL_MS = 1_000;

/** Reads every second how many pods of a service are ready. */
export class ReplicaMonitor {
  readonly points: Point[] = [];
  private readonly polling: Promise<void>;
  private isStopped = false;

  private constructor(
    private readonly service: Service,
    private readonly startMs: number,
  ) {
    this.polling = this.poll();
    // Prevents an unhandled rejection. stop() rejects with the same error.
    this.polling.catch(() => undefined);
  }

  static start(service: Service, startMs: number): ReplicaMonitor {
    return stopAfterTest(new ReplicaMonitor(service, startMs));
  }

  get maximum(): number {
    return Math.max(0, ...this.points.map(([, count]) => count));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.polling;
  }

  private async poll(): Promise<void> {
    while (!this.isStopped) {
      this.points.push([(Date.now() - this.startMs) / 1000, await readyReplicas(this.service)]);
      await sleep(INTERVAL_MS);
    }
  }
}

export async function readyReplicas(service: Service): Promise<number> {
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/${cluster.release}-${service}`;
  const { status } = await readObject<{ status: { readyReplicas?: number } }>(path);
  return status.readyReplicas ?? 0;
}
