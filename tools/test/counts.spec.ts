import { addUp, countLine } from './counts.ts';

describe('countLine', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const counts = addUp([
      { passed: 3, failed: 0, skipped: 0, brokenFiles: 0, failures: [] },
      { passed: 4, failed: 1, skipped: 0, brokenFiles: 1, failures: [] },
    ]);
    expect(countLine(counts)).toBe('7 passed, 2 failed');
  });

  it('includes skipped tests', () => {
    expect(countLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
  });
});
