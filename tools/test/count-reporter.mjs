import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Jest reporter that writes the counts and the failures of a run to a file in VIERNES_TEST_COUNTS. npm test adds them. */
export default class CountReporter {
  onRunComplete(_, results) {
    const folder = process.env.VIERNES_TEST_COUNTS;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const record = {
      passed: results.numPassedTests,
      // The tests of a file that could not be loaded are not counted.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.flatMap(listFailures),
    };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(record));
  }
}

function listFailures({ testFilePath, testExecError, testResults }) {
  const file = relative(join(import.meta.dirname, '..', '..'), testFilePath);
  const failed = testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${file}: ${fullName}`);
  return testExecError ? [`${file}: could not be loaded`, ...failed] : failed;
}
