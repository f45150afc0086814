import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { BenchOptions } from '../run/bench.js';
import type { Row } from '../run/row.js';
import { readCommit, readMachine, type Machine } from './machine.js';

export interface ReportRow extends Row {
  readonly measuredAt: string;
  readonly commit: string;
  readonly options: BenchOptions;
}

export interface Report {
  readonly machine: Machine;
  readonly rows: readonly ReportRow[];
}

/** @returns undefined if the file does not exist */
export function readReport(path: string): Report | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined;
}

/**
 * Adds the rows of a bench to the report, in place of its earlier ones. Keeps those of other benches if they were measured
 * on the same machine. A new report starts with the rows of the reference.
 */
export function addToReport(
  path: string,
  reference: string,
  bench: string,
  rows: readonly Row[],
  options: BenchOptions,
): Report {
  const machine = readMachine();
  const earlier = readReport(path) ?? readReport(reference);
  const kept = isDeepStrictEqual(earlier?.machine, machine) ? (earlier?.rows ?? []) : [];
  const origin = { measuredAt: new Date().toISOString(), commit: readCommit(), options };
  const isReplaced = ({ id }: Row): boolean => id.startsWith(`${bench}.`);
  const position = kept.findIndex(isReplaced);
  const others = kept.filter((row) => !isReplaced(row));
  const measured = rows.map((row) => ({ ...row, ...origin }));
  const report: Report = {
    machine,
    rows: others.toSpliced(position === -1 ? others.length : position, 0, ...measured),
  };
  writeReport(path, report);
  return report;
}

export function writeReport(path: string, report: Report): void {
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
}
