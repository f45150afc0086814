import type { Sample } from './load.js';

/** Fields that differ between equal failures. */
const UNIQUE_FIELDS = /"(traceId|instance)":"[^"]*",?/g;

/** Returns a percentile by nearest rank. @param share 0.95 for the 95th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Summarizes a load in one line per kind of request. */
export function summarizeLoad(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))].toSorted();
  return names
    .map((name) => {
      const named = samples.filter((sample) => sample.name === name);
      const failed = named.filter(({ failure }) => failure !== undefined);
      const p95 = percentile(
        named.map(({ durationMs }) => durationMs),
        0.95,
      ).toFixed(0);
      const degradedCount = named.filter(({ degradation }) => degradation !== undefined).length;
      const degraded = degradedCount === 0 ? '' : `, ${degradedCount} degraded`;
      const reasons = Object.keys(countFailures(named)).slice(0, 5);
      const details = reasons.map((reason) => `\n      ${reason}`).join('');
      return `${name}: ${named.length} requests, ${failed.length} failed${degraded}, p95 ${p95} ms${details}`;
    })
    .join('\n    ');
}

/** Counts the failures of each kind, for assertions. */
export function countFailures(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, failure } of samples) {
    if (failure === undefined) continue;
    const kind = `${name}: ${failure.replaceAll(UNIQUE_FIELDS, '').slice(0, 300)}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Returns a value for each second since `fromMs`, calculated from the samples in the preceding `windowSeconds`. */
export function overTime(
  samples: readonly Sample[],
  calculate: (samplesInWindow: readonly Sample[]) => number,
  { fromMs, untilMs, windowSeconds }: { fromMs: number; untilMs: number; windowSeconds: number },
): [seconds: number, value: number][] {
  const points: [number, number][] = [];
  for (let at = fromMs + windowSeconds * 1000; at <= untilMs; at += 1000) {
    const samplesInWindow = samples.filter(({ atMs }) => atMs > at - windowSeconds * 1000 && atMs <= at);
    points.push([(at - fromMs) / 1000, calculate(samplesInWindow)]);
  }
  return points;
}
