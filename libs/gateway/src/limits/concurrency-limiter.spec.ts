import { ConcurrencyLimiter } from './concurrency-limiter.js';

describe('open answers', () => {
  const places = (): ConcurrencyLimiter => new ConcurrencyLimiter('test', { perKey: 2, total: 3 });

  it('are bounded for each key, and over all', () => {
    const answers = places();
    answers.acquire('ada');
    answers.acquire('ada');
    expect(() => answers.acquire('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    answers.acquire('bob');
    expect(() => answers.acquire('eve')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  });

  it('give their place back, once', () => {
    const answers = places();
    const close = answers.acquire('ada');
    answers.acquire('ada');
    close();
    close();
    answers.acquire('ada');
    expect(() => answers.acquire('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  });
});
