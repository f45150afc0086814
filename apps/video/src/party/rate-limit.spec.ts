import { RateLimit } from './rate-limit.js';

describe('the rate limit of a connection', () => {
  it('accepts a burst, and then as many requests as are refilled', () => {
    const limit = new RateLimit(3, 2, 0);
    expect([1, 2, 3, 4].map(() => limit.take(0))).toEqual([true, true, true, false]);
    expect([limit.take(499), limit.take(500), limit.take(501)]).toEqual([false, true, false]);
  });

  it('never refills more than the burst', () => {
    const limit = new RateLimit(2, 10, 0);
    expect([1, 2, 3].map(() => limit.take(60_000))).toEqual([true, true, false]);
  });
});
