import { retryDelayMs } from './backoff.js';

describe('retryDelayMs', () => {
  it('the maximum delay doubles with each attempt up to the cap', () => {
    const longest = [1, 2, 3, 10, 2000].map((attempt) => retryDelayMs(attempt, 100, 1_000, () => 1));
    expect(longest).toEqual([100, 200, 400, 1_000, 1_000]);
  });

  it('the delay is uniform between 0 and its maximum', () => {
    expect([0, 0.5].map((random) => retryDelayMs(3, 100, 1_000, () => random))).toEqual([0, 200]);
  });

  it.each([0, -1, 1.5, NaN])('throws a RangeError for attempt %d', (attempt) => {
    expect(() => retryDelayMs(attempt)).toThrow(RangeError);
  });
});
