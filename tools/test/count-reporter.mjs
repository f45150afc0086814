import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Jest reporter that writes the counts of a run to a file in VIERNES_TEST_COUNTS. npm test adds them. */
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
