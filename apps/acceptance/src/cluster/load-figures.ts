import type { Sample } from './load.js';

/** Differs from answer to answer of one kind. */
const TELLING_APART = /"(traceId|instance)":"[^"]*",?/g;

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
      const lacking = of.filter(({ lack }) => lack !== undefined).length;
      const degraded = lacking === 0 ? '' : `, ${lacking} degraded`;
      const reasons = Object.keys(faultsOf(of)).slice(0, 5);
      const told = reasons.map((reason) => `\n      ${reason}`).join('');
      return `${name}: ${of.length} requests, ${failed.length} failed${degraded}, p95 ${p95} ms${told}`;
    })
    .join('\n    ');
}

/** Each kind of fault once, with how often it was: what a failed assertion should show. */
export function faultsOf(samples: readonly Sample[]): Record<string, number> {
  const faults: Record<string, number> = {};
  for (const { name, fault } of samples) {
    if (fault === undefined) continue;
    const kind = `${name}: ${fault.replaceAll(TELLING_APART, '').slice(0, 300)}`;
    faults[kind] = (faults[kind] ?? 0) + 1;
  }
  return faults;
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
