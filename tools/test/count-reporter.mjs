import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Jest reporter that leaves one file a run in VIERNES_TEST_COUNTS, for npm test to add up. */
export default class CountReporter {
  onRunComplete(_, results) {
    const folder = process.env.VIERNES_TEST_COUNTS;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const record = {
      passed: results.numPassedTests,
      failed: results.numFailedTests,
      skipped: results.numPendingTests + results.numTodoTests,
      brokenFiles: results.numRuntimeErrorTestSuites,
    };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(record));
  }
}
