/** One measurement next to the same work without the platform. */
export interface Measure {
  readonly name: string;
  readonly unit: 'requests/s' | 'events/s' | 's';
  readonly platform: number;
  /** The same work without the platform, in the same run. */
  readonly baseline: number;
  /** The platform's time divided by the baseline's time. 1 is the optimum. */
  readonly baselineRatio: number;
  /** Further measurements, with units in their names. */
  readonly details: Readonly<Record<string, number>>;
}

/** Converts throughputs (higher is better) and durations (lower is better) to one scale. */
export function measure(
  name: string,
  unit: Measure['unit'],
  values: { readonly platform: number; readonly baseline: number },
  details: Readonly<Record<string, number>> = {},
): Measure {
  const { platform, baseline } = values;
  const baselineRatio = unit === 's' ? platform / baseline : baseline / platform;
  return { name, unit, platform, baseline, baselineRatio, details };
}
