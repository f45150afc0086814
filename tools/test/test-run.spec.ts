import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';
import { readTotal, type Total } from './test-run.ts';

describe('the counts of Vitest runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'viernes-counts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs files with the reporter. A file of `sources` has the name of its key. */
  function run(sources: Readonly<Record<string, string>>, ...options: readonly string[]): Total {
    const counts = join(folder, 'counts');
    mkdirSync(counts);
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, `${name}.test.js`), source);
    const vitest = join(WORKSPACE, 'node_modules', 'vitest', 'vitest.mjs');
    const reporter = join(WORKSPACE, 'tools', 'test', 'count-reporter.ts');
    const args = [
      'run',
      `--root=${folder}`,
      `--reporter=${reporter}`,
      '--globals',
      '--no-isolate',
      '--test-timeout=500',
      ...options,
    ];
    const env = { PATH: process.env['PATH'], VIERNES_TEST_COUNTS: counts };
    const { status } = spawnSync(process.execPath, [vitest, ...args], { env });
    const { failures, flaky, ...total } = readTotal(counts, status === 0);
    const toNames = (lines: readonly string[]) => lines.map((line) => line.replace(/^[^:]*\//, '')).toSorted();
    return { ...total, failures: toNames(failures), flaky: toNames(flaky) };
  }

  it('the total includes the names of failed tests, and counts a file that could not be loaded as a failure', () => {
    const total = run({
      a: `it('is true', () => {}); it('is false', () => { throw new Error(); });`,
      b: `it.skip('is skipped', () => {}); it('is true', () => {});`,
      c: `throw new Error('cannot be loaded');`,
    });
    expect(total).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
      failures: ['a.test.js: is false', 'c.test.js: could not be loaded, or failed outside of tests'],
      flaky: [],
    });
  });

  it('the total counts failed hooks, unhandled rejections and tests that hang as failures, but not open handles', () => {
    const total = run({
      a: `describe('a group', () => { beforeAll(() => { throw new Error(); }); it('is true', () => {}); });`,
      b: `it('is true', () => { Promise.reject(new Error('unhandled')); });`,
      c: `it('has no end', () => new Promise(() => {}));`,
      d: `it('is true', () => { setInterval(() => {}, 1000); });`,
    });
    expect(total).toEqual({
      passed: 2,
      failed: 3,
      skipped: 1,
      failures: ['a.test.js: hook of a group', 'c.test.js: has no end', 'outside of tests: unhandled'],
      flaky: [],
    });
  });

  it('the total names the tests that passed only when they were repeated', () => {
    const source = `let runs = 0;
      it('is true the second time', () => { if (++runs < 2) throw new Error(); });
      it('is false', () => { throw new Error(); });`;
    expect(run({ a: source }, '--retry=1')).toMatchObject({
      passed: 1,
      failed: 1,
      failures: ['a.test.js: is false'],
      flaky: ['a.test.js: is true the second time'],
    });
  });

  it('the total counts a crash of a worker as a failure', () => {
    const total = run({ a: `it('is true', () => {}); it('crashes', () => process.kill(process.pid, 'SIGKILL'));` });
    expect(total.failed).toBeGreaterThan(0);
    expect(total.failures).toEqual(expect.arrayContaining([expect.stringContaining('Worker')]));
  });

  it('the total has a failure if a command failed without a failed test', () => {
    expect(readTotal(folder, false)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [], flaky: [] });
    expect(readTotal(folder, true).failed).toBe(0);
  });
});
