import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { WORKSPACE } from '../workspace.ts';
import type { Total } from './test-run.ts';

type UnhandledErrors = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1];

/** Vitest reporter that writes the counts and the failures of a run to a file in VIERNES_TEST_COUNTS. npm test adds them. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: UnhandledErrors): void {
    const folder = process.env['VIERNES_TEST_COUNTS'];
    if (folder === undefined) return;
    const count = (state: 'passed' | 'skipped') =>
      modules.reduce((sum, { children }) => sum + [...children.allTests(state)].length, 0);
    // A rejected promise that no test awaits, or a worker that crashed.
    const outside = unhandledErrors.map(({ message }) => `outside of tests: ${message}`);
    const failures = [...modules.flatMap(listFailures), ...outside];
    const total: Total = {
      passed: count('passed'),
      failed: failures.length,
      skipped: count('skipped'),
      failures,
      flaky: modules.flatMap((module) =>
        [...module.children.allTests('passed')]
          .filter((test) => test.diagnostic()?.flaky)
          .map((test) => describeTest(module, test)),
      ),
    };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(total));
  }
}

const describeTest = ({ moduleId }: TestModule, { fullName }: TestCase) =>
  `${relative(WORKSPACE, moduleId)}: ${fullName}`;

function listFailures(module: TestModule): string[] {
  const file = relative(WORKSPACE, module.moduleId);
  const { children } = module;
  return [
    ...(module.errors().length > 0 ? [`${file}: could not be loaded, or failed outside of tests`] : []),
    // The tests of a group whose hook fails are counted as skipped.
    ...[...children.allSuites()]
      .filter((suite) => suite.errors().length > 0)
      .map((suite) => `${file}: hook of ${suite.fullName}`),
    ...[...children.allTests('failed')].map((test) => describeTest(module, test)),
    ...[...children.allTests('pending')].map(({ fullName }) => `${file}: not finished: ${fullName}`),
  ];
}
