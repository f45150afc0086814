import { eventually } from './eventually.js';

describe('eventually', () => {
  it('waits while the condition throws or is false, and gives its answer', async () => {
    const answers = [
      () => false,
      () => {
        throw new Error('not yet');
      },
      () => 'done',
    ];
    expect(await eventually(() => answers.shift()?.() ?? 'never')).toBe('done');
  });

  it('ends with the last failure', async () => {
    const never = eventually(() => Promise.reject(new Error('still not')), { withinSeconds: 0 });
    await expect(never).rejects.toThrow('still not');
  });
});
