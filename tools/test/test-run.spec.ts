import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTotal } from './test-run.ts';

const WORKSPACE = fileURLToPath(new URL('../..', import.meta.url));

describe('the counts of Jest runs', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'viernes-counts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('the total includes the names of failed tests, and counts a file that could not be loaded as a failure', () => {
    writeFileSync(join(folder, 'a.test.js'), `it('is true', () => {}); it('is false', () => { throw new Error(); });`);
    writeFileSync(join(folder, 'b.test.js'), `it.skip('is skipped', () => {}); it('is true', () => {});`);
    writeFileSync(join(folder, 'c.test.js'), `throw new Error('cannot be loaded');`);
    const reporter = `--reporters=${join(WORKSPACE, 'tools', 'test', 'count-reporter.mjs')}`;
    const jest = join(WORKSPACE, 'node_modules', 'jest', 'bin', 'jest.js');
    const counts = join(folder, 'counts');
    mkdirSync(counts);
    const config = JSON.stringify({ testMatch: ['**/*.test.js'], transform: {} });
    const { status } = spawnSync(process.execPath, [jest, `--rootDir=${folder}`, `--config=${config}`, reporter], {
      env: { PATH: process.env['PATH'], VIERNES_TEST_COUNTS: counts },
    });
    expect(status).toBe(1);
    const { failures, ...total } = readTotal(counts, false);
    expect(total).toEqual({ passed: 2, failed: 2, skipped: 1 });
    expect(failures.map((line) => line.split('/').at(-1)).toSorted()).toEqual([
      'a.test.js: is false',
      'c.test.js: could not be loaded',
    ]);
  });

  it('the total has a failure if a command failed without a failed test', () => {
    expect(readTotal(folder, false)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] });
    expect(readTotal(folder, true).failed).toBe(0);
  });
});
