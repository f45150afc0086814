import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import type { Measure } from './measure.ts';

/** The measures as lines of a table. */
export function table(measures: readonly Measure[]): string {
  const rows = measures.map(({ name, unit, platform, floor, timesFloor, details }) => [
    name,
    `${shown(platform)} ${unit}`,
    `${shown(floor)} ${unit}`,
    `${timesFloor.toFixed(1)}x`,
    Object.entries(details)
      .map(([detail, value]) => `${detail} ${shown(value)}`)
      .join(', '),
  ]);
  const lines = [['', 'platform', 'floor', 'costs', ''], ...rows];
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

/** Three digits that matter, whole from a hundred on. */
function shown(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
