import { setTimeout as sleep } from 'node:timers/promises';
import { CallMonitor } from './call-monitor.js';
import { SteadyLoad, type Visit } from './load.js';
import { countFailures, summarizeLoad } from './load-summary.js';
import { mixedVisits, restartsSince, restarts, restoreRelease, scale } from './platform.js';
import { waitForReadyPods, waitForPods } from './pods.js';
import { report, saveGraph, stopwatch } from './report.js';
import { drawScalingGraph } from './scaling-graph.js';
import { singleRequest } from './visits.js';

/** The guarantee: this long after the new pods are ready, each pod has its share of the calls. */
const BALANCED_AFTER_MS = 15_000;
/** The shares are counted over this time, so that chance has little influence. */
const COUNTED_MS = 15_000;
const MIN_SHARE = 0.2;
const VISITS_PER_SECOND = 4;

/** Each connection goes to one edge pod, so many short connections are needed to measure their distribution. */
const CONNECTIONS_PER_SECOND = 20;

describe('scaling one service under constant load', () => {
  let visits: readonly Visit[];
  let restartsBefore: Readonly<Record<string, number>>;

  beforeAll(async () => {
    await restoreRelease();
    visits = await mixedVisits();
    restartsBefore = await restarts();
  });

  it.each(['catalog', 'user', 'video', 'edge'] as const)(
    'balances the calls of %s while it scales from 1 pod to 3 and back, without a failed request',
    async (service) => {
      await scale(service, 1);
      await waitForPods(service, 1);
      const load = SteadyLoad.start(visits, service === 'edge' ? 1 : VISITS_PER_SECOND);
      const connections = service === 'edge' ? SteadyLoad.start([singleRequest], CONNECTIONS_PER_SECOND) : undefined;
      const monitor = CallMonitor.start(service);
      await sleep(5_000);

      await scale(service, 3);
      const scaledAtMs = Date.now();
      const untilReady = stopwatch();
      await waitForReadyPods(service, 3);
      const readyAtMs = Date.now();
      const readyAfter = untilReady();
      await sleep(BALANCED_AFTER_MS + COUNTED_MS);
      const shares = monitor.shares(readyAtMs + BALANCED_AFTER_MS, Date.now());
      const balancedAtMs = monitor.firstShared(readyAtMs, 3, MIN_SHARE, 5);

      await scale(service, 1);
      const scaledDownAtMs = Date.now();
      await waitForPods(service, 1);
      const oneLeftAtMs = Date.now();
      await sleep(3_000);
      await monitor.stop();
      const samples = [...(await load.stop()), ...((await connections?.stop()) ?? [])];
      const failures = samples.filter(({ failure }) => failure !== undefined);

      const percent = [...shares.values()].map((share) => `${(share * 100).toFixed(0)} %`).join(', ');
      const balanced =
        balancedAtMs === undefined ? 'never' : `${((balancedAtMs - readyAtMs) / 1000).toFixed(0)} s after that`;
      report(`${service} 1 -> 3 -> 1: ready after ${readyAfter}, balanced ${balanced}, shares ${percent}`);
      report(`  ${samples.length} requests, ${failures.length} failed\n    ${summarizeLoad(samples)}`);
      if (service === 'catalog') {
        const moments = { scaledAtMs, readyAtMs, scaledDownAtMs, oneLeftAtMs };
        const summary = `${samples.length} requests through the edge, ${failures.length} failed.`;
        saveGraph('scaling-catalog.svg', drawScalingGraph(service, monitor, moments, summary));
      }

      expect(countFailures(failures)).toEqual({});
      expect(load.skippedVisits).toBe(0);
      expect(shares.size).toBe(3);
      for (const share of shares.values()) expect(share).toBeGreaterThanOrEqual(MIN_SHARE);
      expect(await restartsSince(restartsBefore)).toEqual([]);
    },
  );
});
