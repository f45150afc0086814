import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { BoundCounter, BoundGauge, BoundHistogram } from './bound-metrics.js';

const labelNames = ['operation', 'status'] as const;
const help = 'for a test';
const buckets = [0.1, 1, 10];
const CALLS = [
  { labels: { operation: 'getTitle', status: 200 }, values: [0.05, 0.1, 0.5, 20] },
  { labels: { operation: 'getTitle', status: 404 }, values: [1, 2] },
  { labels: { operation: 'listTitles', status: 200 }, values: [] },
];

describe('bound metrics', () => {
  it('reports bound metrics like those of prom-client', async () => {
    const [bound, expected] = [new Registry(), new Registry()];
    const config = { help, labelNames };
    const counter = new BoundCounter({ ...config, name: 'calls_total', registers: [bound] });
    const gauge = new BoundGauge({ ...config, name: 'calls_in_flight', registers: [bound] });
    const histogram = new BoundHistogram({ ...config, name: 'call_seconds', buckets, registers: [bound] });
    const plainCounter = new Counter({ ...config, name: 'calls_total', registers: [expected] });
    const plainGauge = new Gauge({ ...config, name: 'calls_in_flight', registers: [expected] });
    const plainHistogram = new Histogram({ ...config, name: 'call_seconds', buckets, registers: [expected] });
    const calls = CALLS.map(({ labels, values }) => ({
      labels,
      values,
      total: counter.bind(labels),
      inFlight: gauge.bind(labels),
      seconds: histogram.bind(labels),
    }));

    for (let round = 0; round < 2; round += 1) {
      for (const { labels, values, total, inFlight, seconds } of calls) {
        plainCounter.inc(labels, values.length);
        plainGauge.set(labels, values.length);
        if (round === 0) plainHistogram.zero(labels);
        total.value += values.length;
        inFlight.value = values.length;
        for (const value of values) {
          plainHistogram.observe(labels, value);
          seconds.observe(value);
        }
      }
      const lines = async (registry: Registry) => (await registry.metrics()).split('\n').toSorted();
      expect((await lines(bound)).map(sortLabels)).toEqual((await lines(expected)).map(sortLabels));
    }
  });
});

function sortLabels(line: string): string {
  return line.replace(/\{.*\}/, (labels) => labels.slice(1, -1).split(',').toSorted().join());
}
