import { RateLimiterMemory } from 'rate-limiter-flexible';
import { LeasedLimit, type Quota } from './leased-limit.js';

describe('a leased limit', () => {
  let name = 0;
  const createLimiter = (points: number, duration = 60) =>
    new RateLimiterMemory({ keyPrefix: String((name += 1)), points, duration });
  const consumeAll = async (limit: LeasedLimit, count: number, key = 'a'): Promise<Quota[]> => {
    const quotas: Quota[] = [];
    for (let request = 0; request < count; request += 1) quotas.push(await limit.consume(key));
    return quotas;
  };
  const countAdmitted = (quotas: readonly Quota[]): number => quotas.filter(({ isAdmitted }) => isAdmitted).length;

  it('admits exactly its points, in order and concurrently, and then reports the time until its window ends', async () => {
    // The last lease of 350 is smaller than the others.
    for (const points of [200, 350, 1_000]) {
      const inOrder = await consumeAll(new LeasedLimit(createLimiter(points), { points }), points + 20);
      expect([countAdmitted(inOrder), inOrder[points]?.isAdmitted]).toEqual([points, false]);

      const limit = new LeasedLimit(createLimiter(points), { points });
      const concurrent = await Promise.all(Array.from({ length: points + 20 }, () => limit.consume('a')));
      expect(countAdmitted(concurrent)).toBe(points);
      expect(concurrent.at(-1)?.resetMs).toBeGreaterThan(50_000);
    }
  });

  it('counts down the remaining quota by one', async () => {
    const limit = new LeasedLimit(createLimiter(1_000), { points: 1_000 });
    const remaining = (await consumeAll(limit, 1_000)).map((quota) => quota.remaining);
    expect(remaining).toEqual(Array.from({ length: 1_000 }, (_, index) => 999 - index));
  });

  it('decides without a promise while it has points', async () => {
    const limit = new LeasedLimit(createLimiter(10_000), { points: 10_000 });
    await limit.consume('a');
    expect(limit.consume('a')).toMatchObject({ isAdmitted: true });
    expect(limit.consume('b')).toBeInstanceOf(Promise);
  });

  it('leases at most a hundredth of the limit, and never more than 1,000 points', async () => {
    for (const [points, lease] of [
      [1_000, 10],
      [1_000_000, 1_000],
    ] as const) {
      const limiter = createLimiter(points);
      await new LeasedLimit(limiter, { points }).consume('a');
      expect((await limiter.get('a'))?.consumedPoints).toBe(lease);
    }
    expect([LeasedLimit.isLarge(199), LeasedLimit.isLarge(200)]).toEqual([false, true]);
  });

  it('takes one lease for concurrent requests', async () => {
    const limiter = createLimiter(1_000);
    const limit = new LeasedLimit(limiter, { points: 1_000 });
    await Promise.all(Array.from({ length: 5 }, () => limit.consume('a')));
    expect((await limiter.get('a'))?.consumedPoints).toBe(10);
  });

  it('starts a new count with a new window', async () => {
    const limit = new LeasedLimit(createLimiter(200, 1), { points: 200 });
    const quotas = await consumeAll(limit, 201);
    expect(countAdmitted(quotas)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, quotas.at(-1)?.resetMs));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(countAdmitted(await consumeAll(limit, 100))).toBe(100);
  });

  it('stores a limited number of keys, and the oldest loses only its unused points', async () => {
    const limiter = createLimiter(1_000);
    const limit = new LeasedLimit(limiter, { points: 1_000, maxKeys: 2 });
    for (const key of ['a', 'b', 'c']) await limit.consume(key);
    expect([limit.consume('b') instanceof Promise, limit.consume('c') instanceof Promise]).toEqual([false, false]);
    expect(await limit.consume('a')).toMatchObject({ isAdmitted: true, remaining: 1_000 - 10 - 1 });
  });

  it('fails if the points cannot be counted, and recovers', async () => {
    const limiter = createLimiter(1_000);
    const penalty = limiter.penalty.bind(limiter);
    limiter.penalty = () => Promise.reject(new Error('no connection'));
    const limit = new LeasedLimit(limiter, { points: 1_000 });
    await expect(limit.consume('a')).rejects.toThrow('no connection');
    limiter.penalty = penalty;
    expect(await limit.consume('a')).toMatchObject({ isAdmitted: true });
  });
});
