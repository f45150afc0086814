import { JobProgress } from './job-progress.js';

describe('JobProgress', () => {
  it('never decreases and never exceeds 1', () => {
    const progress = new JobProgress(0);
    progress.advance(0.5);
    progress.advance(0.25);
    expect(progress.fraction).toBe(0.5);
    progress.advance(7);
    expect(progress.fraction).toBe(1);
  });

  it('extrapolates the remaining time from the average speed', () => {
    const progress = new JobProgress(1_000);
    expect(progress.remainingMs(2_000)).toBe(Infinity);
    progress.advance(0.25);
    expect(progress.remainingMs(2_000)).toBe(3_000);
    progress.advance(1);
    expect(progress.remainingMs(9_000)).toBe(0);
  });
});
