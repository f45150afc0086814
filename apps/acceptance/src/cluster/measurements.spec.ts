import type { Sample } from './load.js';
import { countFailures, overTime, percentile } from './load-summary.js';
import { callShares, callsSince, sumSamples, type Snapshot } from './served-calls.js';
import { drawTimeGraph, ticksUpTo } from './time-graph.js';

const sample = (atMs: number, failure?: string): Sample => ({
  visit: 'browse',
  name: 'page',
  atMs,
  durationMs: 1,
  status: 200,
  degradation: undefined,
  failure,
});

const snapshot = (atMs: number, calls: Readonly<Record<string, number>>): Snapshot => ({
  atMs,
  calls: new Map(Object.entries(calls)),
});

const shares = (snapshots: readonly Snapshot[], fromMs: number, until: Snapshot): Record<string, number> =>
  Object.fromEntries(callShares(callsSince(snapshots, fromMs, until)));

describe('measurements of the cluster tests', () => {
  it('adds the samples of one metric only', () => {
    const text = [
      '# TYPE calls_total counter',
      'calls_total{service="a.Films",method="List"} 3',
      'calls_total{service="a.Films",method="Get"} 4 1700000000000',
      'calls_total{service="a.Jobs",method="Lease"} 100',
      'calls_total_more 9',
    ].join('\n');
    expect(sumSamples(text, 'calls_total', /Films/)).toBe(7);
    expect(sumSamples(text, 'calls_total_more', /.*/)).toBe(9);
  });

  it('counts all calls of a pod that started between two snapshots', () => {
    const until = snapshot(2_000, { old: 130, young: 10 });
    expect(shares([snapshot(0, { old: 100 }), until], 0, until)).toEqual({ old: 0.75, young: 0.25 });
  });

  it('counts from the last response of a pod that did not respond at the start', () => {
    const until = snapshot(3_000, { slow: 1_010, other: 30 });
    const snapshots = [snapshot(0, { slow: 1_000, other: 0 }), snapshot(1_000, { other: 0 }), until];
    expect(shares(snapshots, 1_000, until)).toEqual({ slow: 0.25, other: 0.75 });
    expect(callsSince(snapshots, 1_000, until).get('slow')).toEqual({ count: 10, durationMs: 3_000 });
  });

  it('counts all calls since the restart of a container', () => {
    const until = snapshot(3_000, { restarted: 10, other: 30 });
    const snapshots = [snapshot(0, { restarted: 1_000, other: 0 }), snapshot(1_000, { other: 0 }), until];
    expect(shares(snapshots, 1_000, until)).toEqual({ restarted: 0.25, other: 0.75 });
  });

  it('returns a share of 0 for a pod without calls', () => {
    const until = snapshot(1_000, { busy: 10, idle: 0 });
    expect(shares([until], 0, until)).toEqual({ busy: 0, idle: 0 });
    expect(shares([snapshot(0, {}), until], 0, until)).toEqual({ busy: 1, idle: 0 });
  });

  it('returns percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBe(0);
  });

  it('counts failures that differ only in their instance and trace ID as one kind', () => {
    const failures = ['a', 'b'].map((id) => sample(0, `503 {"code":"X","instance":"/${id}","traceId":"${id}"}`));
    expect(Object.values(countFailures([...failures, sample(0)]))).toEqual([2]);
  });

  it('calculates one point for each second from the samples of the preceding window', () => {
    const samples = [sample(500), sample(1_500), sample(2_500)];
    const points = overTime(samples, (of) => of.length, { fromMs: 0, untilMs: 3_000, windowSeconds: 2 });
    expect(points).toEqual([
      [2, 2],
      [3, 2],
    ]);
  });

  it('divides an axis into steps of 1, 2 or 5 times a power of ten', () => {
    expect(ticksUpTo(3, 4)).toEqual([0, 1, 2, 3]);
    expect(ticksUpTo(73, 4)).toEqual([0, 20, 40, 60, 80]);
  });

  it('draws titles, marks and lines, and escapes markup', () => {
    const series = [{ name: 'pods', shape: 'step' as const, points: [[0, 1] as const, [10, 3] as const] }];
    const marks = [{ seconds: 4, text: '--replicas=3' }];
    const svg = drawTimeGraph({ title: '1 < 3', subtitle: '', panels: [{ title: 'Pods', series }], marks });
    expect(svg).toContain('1 &lt; 3');
    expect(svg).toContain('--replicas=3');
    expect(svg.match(/<path /g)).toHaveLength(1);
  });
});
