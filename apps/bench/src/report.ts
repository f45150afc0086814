import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import type { Measure } from './measure.js';

/** Formats the measurements as a table. */
export function toTable(measures: readonly Measure[]): string {
  const rows = measures.map(({ name, unit, platform, baseline, baselineRatio, details }) => [
    name,
    `${format(platform)} ${unit}`,
    `${format(baseline)} ${unit}`,
    `${baselineRatio.toFixed(1)}x`,
    Object.entries(details)
      .map(([detail, value]) => `${detail} ${format(value)}`)
      .join(', '),
  ]);
  const lines = [['', 'platform', 'baseline', 'ratio', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isText = (column: number): boolean => column === 0 || column > 3;
  return lines
    .map((line) => {
      const cells = line.map((cell, column) =>
        isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
      return cells.join('  ').trimEnd();
    })
    .join('\n');
}

export async function writeReport(path: string, measures: readonly Measure[]): Promise<void> {
  const machine = { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version };
  await writeFile(path, `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, measures }, null, 2)}\n`);
}

/** Rounds to three significant digits, and to integers from 100 on. */
function format(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
