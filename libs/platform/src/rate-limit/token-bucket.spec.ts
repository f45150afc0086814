import { TokenBucket } from './token-bucket.js';

describe('TokenBucket', () => {
  const takeOne = (bucket: TokenBucket, nowMs: number): number => bucket.take(1, nowMs).tokens;

  it('grants a burst, and then as many tokens as are refilled', () => {
    const bucket = new TokenBucket({ burst: 3, rate: 2 });
    expect([1, 2, 3, 4].map(() => takeOne(bucket, 0))).toEqual([1, 1, 1, 0]);
    expect([takeOne(bucket, 499), takeOne(bucket, 500), takeOne(bucket, 501)]).toEqual([0, 1, 0]);
  });

  it('never refills more than the burst', () => {
    const bucket = new TokenBucket({ burst: 2, rate: 10 });
    expect([1, 2, 3].map(() => takeOne(bucket, 60_000))).toEqual([1, 1, 0]);
  });

  it('grants fewer tokens than wanted if fewer are available, and reports how many remain', () => {
    const bucket = new TokenBucket({ burst: 3, rate: 2 });
    expect(bucket.take(2, 0)).toEqual({ tokens: 2, remainingTokens: 1 });
    expect(bucket.take(2, 0)).toEqual({ tokens: 1, remainingTokens: 0 });
  });
});
