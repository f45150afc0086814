import { isTargetMet, type Row, type Target } from '../run/row.js';

/** Rounds to three significant digits, and to integers from 100 on. */
export function formatNumber(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

export function formatValue(value: number, unit: string): string {
  return unit === 'x' ? `${formatNumber(value)}×` : `${formatNumber(value)} ${unit}`.trim();
}

export function formatTarget(target: Target | undefined, unit: string): string {
  if (target === undefined) return '';
  return `${target.is === 'at least' ? '≥' : '≤'} ${formatValue(target.value, unit)}`;
}

/** One line per row for the terminal. */
export function toLine(row: Row): string {
  const { id, unit, value, spread, target, baseline, details } = row;
  const state = { true: 'met', false: 'MISSED', undefined: '' }[String(isTargetMet(row))] ?? '';
  const range = `(${spread.map(formatNumber).join('-')})`;
  const more = Object.entries(details).map(([name, detail]) => `${name} ${formatNumber(detail)}`);
  const cells = [id.padEnd(34), formatValue(value, unit).padEnd(12), range.padEnd(16)];
  return [...cells, formatTarget(target, unit).padEnd(12), state.padEnd(7), [baseline, ...more].join(', ')].join(' ');
}
