import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { WORKSPACE } from '../workspace.ts';
import type { Total } from './test-run.ts';

type UnhandledErrors = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1];

/** Writes the counts and failures of a Vitest run to a file in VIERNES_TEST_COUNTS. npm test adds up the files. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: UnhandledErrors): void {
    const folder = process.env['VIERNES_TEST_COUNTS'];
    if (folder === undefined) return;
    const list = (state: 'passed' | 'skipped') => modules.flatMap(({ children }) => [...children.allTests(state)]);
    // A rejected promise that no test awaits, or a worker that crashed.
    const outside = unhandledErrors.map(({ message }) => `outside of tests: ${message}`);
    const failures = [...modules.flatMap(listFailures), ...outside];
    const total: Total = {
      passed: list('passed').length,
      failed: failures.length,
      skipped: list('skipped').length,
      failures,
      flaky: list('passed')
        .filter((test) => test.diagnostic()?.flaky)
        .map(describeTest),
    };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(total));
  }
}

function describeTest({ module, fullName }: TestCase): string {
  return `${relative(WORKSPACE, module.moduleId)}: ${fullName}`;
}

function listFailures(module: TestModule): string[] {
  const file = relative(WORKSPACE, module.moduleId);
  const { children } = module;
  return [
    ...(module.errors().length > 0 ? [`${file}: could not be loaded, or failed outside of tests`] : []),
    // The tests of a group whose hook fails are counted as skipped.
    ...[...children.allSuites()]
      .filter((suite) => suite.errors().length > 0)
      .map((suite) => `${file}: hook of ${suite.fullName}`),
    ...[...children.allTests('failed')].map(describeTest),
    ...[...children.allTests('pending')].map(({ fullName }) => `${file}: not finished: ${fullName}`),
  ];
}
