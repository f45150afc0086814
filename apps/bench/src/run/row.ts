import { median } from './statistics.js';

export interface Target {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

/** A measured value and its baseline. */
export interface Row {
  /** `<bench>.<name>`. Documents and the reference of the regression test refer to it. */
  readonly id: string;
  readonly title: string;
  /** `x` for ratios, otherwise a unit such as `ms`. */
  readonly unit: string;
  /** Median of the samples. */
  readonly value: number;
  /** Lowest and highest sample. */
  readonly spread: readonly [number, number];
  readonly samples: number;
  /** The other side of a ratio, or the limit that a value is compared with. */
  readonly baseline: string;
  readonly target?: Target;
  /** Absolute values behind the row, with units in their names. They are only valid for this machine. */
  readonly details: Readonly<Record<string, number>>;
}

export interface RowText extends Pick<Row, 'id' | 'title' | 'unit' | 'baseline'> {
  readonly target?: Target;
  readonly details?: Readonly<Record<string, number>>;
}

/** @throws RangeError without samples */
export function toRow({ details = {}, ...text }: RowText, samples: readonly number[]): Row {
  const spread = [Math.min(...samples), Math.max(...samples)] as const;
  return { ...text, value: median(samples), spread, samples: samples.length, details };
}

/** @returns undefined for a row without a target */
export function isTargetMet({ value, target }: Row): boolean | undefined {
  if (target === undefined) return undefined;
  return target.is === 'at least' ? value >= target.value : value <= target.value;
}
