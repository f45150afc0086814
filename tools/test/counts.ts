import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';

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
  /** File and name of each failed test. */
  readonly failures: readonly string[];
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

/** The counts and failures of all runs. */
export interface Total extends Counts {
  readonly failures: readonly string[];
}

/**
 * Adds the records of a folder.
 *
 * @param hasPassed whether all commands were successful. A suite that crashed without a failed test must not pass.
 */
export function readTotal(folder: string, hasPassed: boolean): Total {
  const runs = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RunRecord);
  const counts = addUp(runs);
  const failed = hasPassed || counts.failed > 0 ? counts.failed : 1;
  return { ...counts, failed, failures: runs.flatMap(({ failures }) => failures) };
}

/** Prints the failed tests, and the counts as the last line. */
export function printTotal(total: Total): void {
  for (const failure of total.failures) console.log(pc.red(`failed: ${failure}`));
  console.log(countLine(total));
}

/** Returns the last line of `npm test`. */
export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
