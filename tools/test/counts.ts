import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The number of tests by result. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The counts of one Jest run, from count-reporter.mjs. */
export interface RunRecord extends Counts {
  /** Files that could not be loaded. Their tests are not counted. */
  readonly brokenFiles: number;
}

/** Adds runs. A file that could not be loaded counts as one failed test. */
export function addUp(runs: readonly RunRecord[]): Counts {
  const sum = (count: (run: RunRecord) => number) => runs.reduce((total, run) => total + count(run), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed, brokenFiles }) => failed + brokenFiles),
    skipped: sum(({ skipped }) => skipped),
  };
}

export function readRuns(folder: string): RunRecord[] {
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RunRecord);
}

/** Returns the last line of `npm test`. */
export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
