import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What jest counted, of one run or of several. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A jest run as the reporter writes it down. */
export interface RunRecord extends Counts {
  /** Files that could not even be loaded: they hold tests that nobody counted. */
  readonly brokenFiles: number;
}

/** Adds up runs; a file that could not be loaded counts as one failed test. */
export function addUp(runs: readonly RunRecord[]): Counts {
  const sum = (pick: (run: RunRecord) => number) => runs.reduce((total, run) => total + pick(run), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed, brokenFiles }) => failed + brokenFiles),
    skipped: sum(({ skipped }) => skipped),
  };
}

export function readRuns(folder: string): RunRecord[] {
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RunRecord);
}

/** The last line of `npm test`. */
export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
