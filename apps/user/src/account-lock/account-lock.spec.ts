import { lockSeconds, MAX_FAILURES } from './account-lock.js';

describe('lockSeconds', () => {
  it('locks after 10 failures for a minute, then twice as long after each, up to an hour', () => {
    const seconds = Array.from({ length: 9 }, (_, index) => lockSeconds(MAX_FAILURES - 1 + index));
    expect(seconds).toEqual([0, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    expect(lockSeconds(1_000_000)).toBe(3_600);
  });
});
