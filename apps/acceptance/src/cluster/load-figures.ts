import type { Sample } from './load.js';

/** @param share 0.95 for the 95th percentile; nearest rank */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** What a load amounted to, in one line a kind of request. */
export function describeLoad(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))].toSorted();
  return names
    .map((name) => {
      const of = samples.filter((sample) => sample.name === name);
      const failed = of.filter(({ fault }) => fault !== undefined);
      const p95 = percentile(
        of.map(({ durationMs }) => durationMs),
        0.95,
      ).toFixed(0);
      const reasons = [...new Set(failed.map(({ fault }) => fault?.slice(0, 160)))].slice(0, 5);
      return `${name}: ${of.length} requests, ${failed.length} failed, p95 ${p95} ms${reasons.map((reason) => `\n      ${reason}`).join('')}`;
    })
    .join('\n    ');
}

/** Moments in seconds since `fromMs`, each with the figure of the samples in the `windowSeconds` before it. */
export function overTime(
  samples: readonly Sample[],
  figure: (of: readonly Sample[]) => number,
  { fromMs, untilMs, windowSeconds }: { fromMs: number; untilMs: number; windowSeconds: number },
): [seconds: number, value: number][] {
  const points: [number, number][] = [];
  for (let at = fromMs + windowSeconds * 1000; at <= untilMs; at += 1000) {
    const of = samples.filter(({ atMs }) => atMs > at - windowSeconds * 1000 && atMs <= at);
    points.push([(at - fromMs) / 1000, figure(of)]);
  }
  return points;
}
