import { setTimeout as sleep } from 'node:timers/promises';
import { CallWatch } from './call-watch.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { keepGraph, report } from './figures.js';
import { SteadyLoad, type Visit } from './load.js';
import { describeLoad, faultsOf } from './load-figures.js';
import { readyPods, settled, type Service } from './pods.js';
import { scalingGraph } from './scaling-graph.js';
import { audience, restarts } from './stage.js';
import { glance } from './visits.js';

/** The claim: this long after the new pods are ready, each has its part. */
const CLAIMED_MS = 15_000;
/** What is counted after that: long enough that chance evens out. */
const COUNTED_MS = 15_000;
const LEAST_SHARE = 0.2;
const VISITS_PER_SECOND = 4;

/** A connection goes to one edge pod: many short visits, and some that stay, tell how connections are spread. */
const GLANCES_PER_SECOND = 20;

describe('scaling one service under steady load', () => {
  let visits: readonly Visit[];

  beforeAll(async () => {
    visits = await audience();
  });

  async function scale(service: Service, replicas: number): Promise<void> {
    await kubectl('scale', `deployment/${cluster.release}-${service}`, `--replicas=${replicas}`);
  }

  it.each(['catalog', 'user', 'video', 'edge'] as const)(
    '%s from 1 to 3 and back: each pod gets its part, and no request fails',
    async (service) => {
      await settled(service, 1);
      const load = SteadyLoad.start(visits, service === 'edge' ? 1 : VISITS_PER_SECOND);
      const glances = service === 'edge' ? SteadyLoad.start([glance], GLANCES_PER_SECOND) : undefined;
      const watch = CallWatch.of(service);
      await sleep(5_000);

      await scale(service, 3);
      const scaledAtMs = Date.now();
      await readyPods(service, 3);
      const readyAtMs = Date.now();
      await sleep(CLAIMED_MS + COUNTED_MS);
      const shares = watch.shares(readyAtMs + CLAIMED_MS, Date.now());
      const sharedAtMs = watch.sharedSince(readyAtMs, 3, LEAST_SHARE, 5);

      await scale(service, 1);
      const reducedAtMs = Date.now();
      await settled(service, 1);
      const aloneAtMs = Date.now();
      await sleep(3_000);
      await watch.stop();
      const samples = [...(await load.stop()), ...((await glances?.stop()) ?? [])];
      const failures = samples.filter(({ fault }) => fault !== undefined);

      const percent = [...shares.values()].map((share) => `${(share * 100).toFixed(0)} %`).join(', ');
      const shared =
        sharedAtMs === undefined ? 'never' : `${((sharedAtMs - readyAtMs) / 1000).toFixed(0)} s after ready`;
      report(
        `${service} 1 -> 3 -> 1: ready after ${((readyAtMs - scaledAtMs) / 1000).toFixed(0)} s, each had its part ${shared}, shares ${percent}`,
      );
      report(`  ${samples.length} requests, ${failures.length} failed\n    ${describeLoad(samples)}`);
      if (service === 'catalog') {
        const marks = { scaledAtMs, readyAtMs, reducedAtMs, aloneAtMs };
        keepGraph(
          'scaling-catalog.svg',
          scalingGraph(
            service,
            watch,
            marks,
            `${samples.length} requests through the edge, ${failures.length} failed.`,
          ),
        );
      }

      expect(faultsOf(failures)).toEqual({});
      expect(load.crowdedOut).toBe(0);
      expect(shares.size).toBe(3);
      for (const share of shares.values()) expect(share).toBeGreaterThanOrEqual(LEAST_SHARE);
      expect(await restarts()).toEqual({});
    },
  );
});
