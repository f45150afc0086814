import { eventually } from './eventually.js';

describe('eventually', () => {
  it('waits while the attempt throws or returns false, and returns its result', async () => {
    const results = [
      () => false,
      () => {
        throw new Error('not yet');
      },
      () => 'done',
    ];
    expect(await eventually(() => results.shift()?.() ?? 'never')).toBe('done');
  });

  it('throws the last failure', async () => {
    const never = eventually(() => Promise.reject(new Error('still not')), { withinSeconds: 0 });
    await expect(never).rejects.toThrow('still not');
  });
});
