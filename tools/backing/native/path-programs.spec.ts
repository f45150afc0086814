import { findOnPath, javaMajor } from './path-programs.ts';

describe('programs on the path', () => {
  it.each([
    ['openjdk version "17.0.12" 2024-07-16', 17],
    ['openjdk version "25" 2025-09-16', 25],
    ['java version "1.8.0_392"', 8],
    ['The operation couldn’t be completed.', undefined],
  ])('reads %s', (banner, major) => {
    expect(javaMajor(banner)).toBe(major);
  });

  it('prefers the first name over the first folder', () => {
    expect(findOnPath(['no-such-program', 'sh'], '/nowhere:/bin')).toBe('/bin/sh');
    expect(findOnPath(['no-such-program'], '/bin')).toBeUndefined();
  });
});
