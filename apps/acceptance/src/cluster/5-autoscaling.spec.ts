import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { ReplicaWatch, readyReplicas } from './deployment.js';
import { keepGraph, report } from './figures.js';
import { SteadyLoad } from './load.js';
import { describeLoad, faultsOf, overTime, percentile } from './load-figures.js';
import { settled } from './pods.js';
import { release } from './release.js';
import { platformAnswers, restarts } from './stage.js';
import { drawTimeGraph, type Mark } from './time-graph.js';
import { browse } from './visits.js';

/** Small numbers, so that little load and little time show what large ones do in earnest. */
const AUTOSCALING = {
  'services.catalog.autoscaling.enabled': true,
  'services.catalog.autoscaling.minReplicas': 1,
  'services.catalog.autoscaling.maxReplicas': 3,
  'services.catalog.autoscaling.targetAverageCpu': '80m',
  'services.catalog.autoscaling.scaleDownSeconds': 20,
};
const VISITS_PER_SECOND = { calm: 1, busy: 14 };
const WINDOW_SECONDS = 5;
const WORDS = ['casablanka', 'night', 'love', 'the man', 'star', 'dead', 'king', 'last summer'];

describe('the autoscaler of catalog', () => {
  afterAll(async () => {
    await release.upgrade({ 'services.catalog.autoscaling.enabled': false });
    await settled('catalog', 1);
  });

  it('makes more pods under load, and takes them away after it', async () => {
    await release.upgrade(AUTOSCALING);
    await platformAnswers();
    await eventually(
      () =>
        readObject<HorizontalPodAutoscaler>(
          `/apis/autoscaling/v2/namespaces/${cluster.namespace}/horizontalpodautoscalers/${cluster.release}-catalog`,
        ),
      ({ status }) =>
        (status.currentMetrics ?? []).some(({ resource }) => resource?.current.averageValue !== undefined),
      { withinSeconds: 180, what: 'the autoscaler knows what CPU the pod takes' },
    );
    const startMs = Date.now();
    const since = (): number => (Date.now() - startMs) / 1000;
    const replicas = ReplicaWatch.of('catalog', startMs);
    const marks: Mark[] = [];

    const calm = SteadyLoad.start([browse(WORDS)], VISITS_PER_SECOND.calm);
    await sleep(8_000);
    const busy = SteadyLoad.start([browse(WORDS)], VISITS_PER_SECOND.busy);
    marks.push({ seconds: since(), text: 'many visitors come' });
    await eventually(
      () => readyReplicas('catalog'),
      (count) => count > 1,
      { withinSeconds: 180, what: 'catalog has more than one pod' },
    );
    const grownAfter = since() - (marks[0]?.seconds ?? 0);
    await sleep(25_000);
    const loaded = await busy.stop();
    marks.push({ seconds: since(), text: 'they leave' });
    await eventually(
      () => readyReplicas('catalog'),
      (count) => count === 1,
      { withinSeconds: 240, what: 'catalog has one pod again' },
    );
    const shrunkAfter = since() - (marks[1]?.seconds ?? 0);
    await sleep(5_000);
    const samples = [...(await calm.stop()), ...loaded];
    await replicas.stop();

    const failures = samples.filter(({ fault }) => fault !== undefined);
    report(
      `autoscaler: from 1 to ${replicas.most} pods, the second ready ${grownAfter.toFixed(0)} s after the load began, one again ${shrunkAfter.toFixed(0)} s after it ended`,
    );
    report(`  ${samples.length} requests, ${failures.length} failed\n    ${describeLoad(samples)}`);
    const span = { fromMs: startMs, untilMs: Date.now(), windowSeconds: WINDOW_SECONDS };
    const p95 = (of: readonly { durationMs: number }[]): number =>
      percentile(
        of.map(({ durationMs }) => durationMs),
        0.95,
      );
    keepGraph(
      'scaling-hpa.svg',
      drawTimeGraph({
        title: 'An autoscaler at work: catalog under a load that comes and goes',
        subtitle: `${samples.length} requests, ${failures.length} failed. Measured by npm run test:k8s.`,
        marks,
        panels: [
          { title: 'Ready pods', series: [{ name: 'pods', points: replicas.points, shape: 'step' }] },
          {
            title: 'Requests a second',
            series: [
              { name: 'requests', points: overTime(samples, (of) => of.length / WINDOW_SECONDS, span), shape: 'line' },
            ],
          },
          {
            title: '95th percentile of the time to an answer, in milliseconds',
            series: [{ name: 'p95', points: overTime(samples, p95, span), shape: 'line' }],
          },
        ],
      }),
    );
    expect(faultsOf(failures)).toEqual({});
    expect(replicas.most).toBeGreaterThan(1);
    expect(await restarts()).toEqual({});
  });
});

interface HorizontalPodAutoscaler {
  readonly status: {
    readonly currentMetrics?: readonly {
      readonly resource?: { readonly current: { readonly averageValue?: string } };
    }[];
  };
}
