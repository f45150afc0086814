/** One thing measured, beside the least that the machine would need for it. */
export interface Measure {
  readonly name: string;
  readonly unit: 'requests/s' | 'events/s' | 's';
  readonly platform: number;
  /** The same work without the platform, in the same run. */
  readonly floor: number;
  /** How many times the floor's time the platform takes: 1 is as fast as can be. */
  readonly timesFloor: number;
  /** Further figures, units in their names. */
  readonly details: Readonly<Record<string, number>>;
}

/** Throughputs and durations on one scale: more is better for the ones, less for the others. */
export function measure(
  name: string,
  unit: Measure['unit'],
  figures: { platform: number; floor: number },
  details: Readonly<Record<string, number>> = {},
): Measure {
  const { platform, floor } = figures;
  const timesFloor = unit === 's' ? platform / floor : floor / platform;
  return { name, unit, platform, floor, timesFloor, details };
}
