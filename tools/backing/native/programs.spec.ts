import { findOnPath } from './programs.ts';

describe('findOnPath', () => {
  it('prefers the first name over the first folder', () => {
    expect(findOnPath('no-such-program', 'sh')).toMatch(/\/sh$/);
    expect(findOnPath('no-such-program')).toBeUndefined();
  });
});
