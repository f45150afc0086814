import type { Row } from '../run/row.js';
import { formatValue } from './format.js';
import type { Report } from './report.js';

/** A loaded CI machine changes ratios by up to 20 %. */
const TOLERANCE = 0.3;

/** Compares ratios with those of a reference. Absolute values depend on the machine. @returns one text per regression */
export function findRegressions(rows: readonly Row[], reference: Report): string[] {
  return rows.flatMap(({ id, unit, value, target }) => {
    const expected = reference.rows.find((row) => row.id === id)?.value;
    if (unit !== 'x' || expected === undefined || target === undefined) return [];
    const isWorse = target.is === 'at least' ? value < expected * (1 - TOLERANCE) : value > expected / (1 - TOLERANCE);
    return isWorse ? [`${id}: ${formatValue(value, unit)}, was ${formatValue(expected, unit)}`] : [];
  });
}
