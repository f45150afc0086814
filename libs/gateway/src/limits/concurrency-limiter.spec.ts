import { ConcurrencyLimiter } from './concurrency-limiter.js';

describe('ConcurrencyLimiter', () => {
  const createLimiter = (): ConcurrencyLimiter => new ConcurrencyLimiter('test', { perKey: 2, total: 3 });

  it('limits the slots per key and in total', () => {
    const limiter = createLimiter();
    limiter.acquire('ada');
    limiter.acquire('ada');
    expect(() => limiter.acquire('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    limiter.acquire('bob');
    expect(() => limiter.acquire('eve')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  });

  it('releases a slot once, even if the release is repeated', () => {
    const limiter = createLimiter();
    const release = limiter.acquire('ada');
    limiter.acquire('ada');
    release();
    release();
    limiter.acquire('ada');
    expect(() => limiter.acquire('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  });
});
