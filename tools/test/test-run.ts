import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { abortOnSignals } from '../start/signals.ts';
import { createStepLog } from '../terminal/script.ts';

/** The result of one Vitest run, from count-reporter.ts, or of several. */
export interface Total {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** File and name of each failed test. */
  readonly failures: readonly string[];
  /** The tests that passed only when they were repeated (VIERNES_TEST_RETRIES). */
  readonly flaky: readonly string[];
}

/** Starts a run of several suites, which Ctrl-C aborts. */
export function startTestRun(folder: string) {
  const logStep = createStepLog();
  const signal = abortOnSignals();
  // npm run check counts the suites of several commands in one folder.
  const counts = process.env['VIERNES_TEST_COUNTS'] || join(folder, 'counts');
  mkdirSync(counts, { recursive: true });
  return {
    logStep,
    options: { counts, signal },
    /** Prints the failed tests, and the counts as the last line. Exits. */
    finish({ passed, failed, skipped, failures, flaky }: Total): never {
      if (signal.aborted) console.log('Interrupted.');
      logStep('finished');
      for (const test of flaky) console.log(pc.yellow(`flaky: ${test}`));
      for (const failure of failures) console.log(pc.red(`failed: ${failure}`));
      console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
      process.exit(failed === 0 ? 0 : 1);
    },
  };
}

/**
 * Adds the records of a folder.
 *
 * @param hasPassed whether all commands were successful. A suite that crashed without a failed test must not pass.
 */
export function readTotal(folder: string, hasPassed: boolean): Total {
  const runs = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Total);
  const sum = (name: 'passed' | 'failed' | 'skipped') => runs.reduce((total, run) => total + run[name], 0);
  const list = (name: 'failures' | 'flaky') => runs.flatMap((run) => run[name]);
  const failed = Math.max(sum('failed'), hasPassed ? 0 : 1);
  return { passed: sum('passed'), failed, skipped: sum('skipped'), failures: list('failures'), flaky: list('flaky') };
}
