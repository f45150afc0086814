import { setTimeout as sleep } from 'node:timers/promises';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import type { Service } from './pods.js';
import type { Point } from './time-graph.js';

const EVERY_MS = 1_000;

/** Looks each second at how many pods of a service are ready. */
export class ReplicaWatch {
  readonly points: Point[] = [];
  private readonly looking: Promise<void>;
  private isOver = false;

  private constructor(
    private readonly service: Service,
    private readonly startMs: number,
  ) {
    this.looking = this.look();
  }

  static of(service: Service, startMs: number): ReplicaWatch {
    return new ReplicaWatch(service, startMs);
  }

  get most(): number {
    return Math.max(0, ...this.points.map(([, count]) => count));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      this.points.push([(Date.now() - this.startMs) / 1000, await readyReplicas(this.service)]);
      await sleep(EVERY_MS);
    }
  }
}

export async function readyReplicas(service: Service): Promise<number> {
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/${cluster.release}-${service}`;
  const { status } = await readObject<{ status: { readyReplicas?: number } }>(path);
  return status.readyReplicas ?? 0;
}
