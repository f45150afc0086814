import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { Viewer } from '../support/viewer.js';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { SteadyLoad } from './load.js';
import { countFailures, overTime, percentile, summarizeLoad } from './load-summary.js';
import { waitUntilPlatformIsReady, restarts, restartsSince, restoreRelease } from './platform.js';
import { release, type Values } from './release.js';
import { ReplicaMonitor, readyReplicas } from './replica-monitor.js';
import { report, saveGraph } from './report.js';
import { drawTimeGraph, type Mark } from './time-graph.js';
import { browse } from './visits.js';

/** Small values, so that a small load has the effect that a large one has in production. */
const MIN_TARGET_MILLICORES = 80;
const SCALE_DOWN_SECONDS = 20;
/** One pod suffices for the low load with a large margin, so that noise does not keep a second one. */
const TARGET_PER_LOW_LOAD = 2.5;
const VISITS_PER_SECOND = { low: 1, high: 75 };
const BASELINE_MS = 45_000;
const WINDOW_SECONDS = 5;
const WORDS = ['casablanka', 'night', 'love', 'the man', 'star', 'dead', 'king', 'last summer'];

interface PodMetrics {
  readonly items: readonly { readonly containers: readonly { readonly usage: { readonly cpu: string } }[] }[];
}

function autoscaling(targetMillicores: number): Values {
  return {
    'services.catalog.autoscaling.enabled': true,
    'services.catalog.autoscaling.minReplicas': 1,
    'services.catalog.autoscaling.maxReplicas': 3,
    'services.catalog.autoscaling.targetAverageCpu': `${targetMillicores}m`,
    'services.catalog.autoscaling.scaleDownSeconds': SCALE_DOWN_SECONDS,
  };
}

/** Converts a CPU quantity of the metrics API ("25m", "25123456n") into thousandths of a core. */
function toMillicores(quantity: string): number {
  const [, amount = '', unit = ''] = /^(\d+)([num]?)$/.exec(quantity) ?? [];
  return Number(amount) * ({ n: 1e-6, u: 1e-3, m: 1 }[unit] ?? 1000);
}

/** Returns the CPU usage of all catalog pods together. */
async function catalogMillicores(): Promise<number> {
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${cluster.namespace}/pods`;
  const { items } = await readObject<PodMetrics>(`${path}?labelSelector=app.kubernetes.io%2Fcomponent%3Dcatalog`);
  if (items.length === 0) throw new Error('the metrics API has no measurement of catalog yet');
  return items.flatMap(({ containers }) => containers).reduce((sum, { usage }) => sum + toMillicores(usage.cpu), 0);
}

/** Returns the state of the autoscaler with its conditions, which explain why it does not scale. */
async function autoscalerState(): Promise<{ readonly ready: number; readonly status: unknown }> {
  const path = `/apis/autoscaling/v2/namespaces/${cluster.namespace}/horizontalpodautoscalers/${cluster.release}-catalog`;
  const [ready, { status }] = await Promise.all([readyReplicas('catalog'), readObject<{ status: unknown }>(path)]);
  return { ready, status };
}

describe('the autoscaler of catalog', () => {
  let restartsBefore: Readonly<Record<string, number>>;

  beforeAll(async () => {
    await restoreRelease();
    restartsBefore = await restarts();
  });

  it('adds pods under load and removes them after it without a failed request', async () => {
    const visits = [browse(WORDS, await Viewer.signUp())];
    const lowLoad = SteadyLoad.start(visits, VISITS_PER_SECOND.low);
    await sleep(BASELINE_MS);
    const baseline = await eventually(catalogMillicores, (usage) => usage > 0, { what: 'the CPU usage is measured' });
    const target = Math.max(MIN_TARGET_MILLICORES, Math.ceil(baseline * TARGET_PER_LOW_LOAD));
    await release.upgrade(autoscaling(target));
    await waitUntilPlatformIsReady();
    report(`autoscaler: ${baseline.toFixed(0)}m under low load, target ${target}m`);
    const startMs = Date.now();
    const since = (): number => (Date.now() - startMs) / 1000;
    const replicas = ReplicaMonitor.start('catalog', startMs);
    const marks: Mark[] = [];

    await sleep(8_000);
    const highLoad = SteadyLoad.start(visits, VISITS_PER_SECOND.high);
    marks.push({ seconds: since(), text: 'high load starts' });
    await eventually(autoscalerState, ({ ready }) => ready > 1, {
      withinSeconds: 180,
      what: 'catalog has more than one ready pod',
    });
    const addedAfter = since() - (marks[0]?.seconds ?? 0);
    await sleep(25_000);
    const highLoadSamples = await highLoad.stop();
    marks.push({ seconds: since(), text: 'high load stops' });
    await eventually(autoscalerState, ({ ready }) => ready === 1, {
      withinSeconds: 300,
      what: 'catalog has one ready pod again',
    });
    const removedAfter = since() - (marks[1]?.seconds ?? 0);
    await sleep(5_000);
    const samples = [...(await lowLoad.stop()), ...highLoadSamples];
    await replicas.stop();

    const failures = samples.filter(({ failure }) => failure !== undefined);
    report(
      `autoscaler: 1 to ${replicas.maximum} pods, the second ready ${addedAfter.toFixed(0)} s after the start of the load, one again ${removedAfter.toFixed(0)} s after its end`,
    );
    report(`  ${samples.length} requests, ${failures.length} failed\n    ${summarizeLoad(samples)}`);
    const span = { fromMs: startMs, untilMs: Date.now(), windowSeconds: WINDOW_SECONDS };
    const p95 = (samplesInWindow: readonly { durationMs: number }[]): number =>
      percentile(
        samplesInWindow.map(({ durationMs }) => durationMs),
        0.95,
      );
    saveGraph(
      'scaling-hpa.svg',
      drawTimeGraph({
        title: 'The autoscaler of catalog under a load that rises and falls',
        subtitle: `${samples.length} requests, ${failures.length} failed. Measured by npm run test:k8s.`,
        marks,
        panels: [
          { title: 'Ready pods', series: [{ name: 'pods', points: replicas.points, shape: 'step' }] },
          {
            title: 'Requests per second',
            series: [
              {
                name: 'requests',
                points: overTime(samples, ({ length }) => length / WINDOW_SECONDS, span),
                shape: 'line',
              },
            ],
          },
          {
            title: '95th percentile of the response time in milliseconds',
            series: [{ name: 'p95', points: overTime(samples, p95, span), shape: 'line' }],
          },
        ],
      }),
    );
    expect(countFailures(failures)).toEqual({});
    expect(replicas.maximum).toBeGreaterThan(1);
    expect(await restartsSince(restartsBefore)).toEqual([]);
  });
});
