import { findOnPath } from './programs.ts';

describe('findOnPath', () => {
  it('returns the first of the names that is on PATH, or undefined', () => {
    expect(findOnPath('no-such-program', 'sh')).toMatch(/\/sh$/);
    expect(findOnPath('no-such-program')).toBeUndefined();
  });
});
