import { sizeInBytes } from './sizes.ts';

describe('a size that buildah prints', () => {
  it.each([
    ['238 MB', 238e6],
    ['1.2 GB', 1.2e9],
    ['512 kB', 512e3],
  ])('%s', (text, bytes) => {
    expect(sizeInBytes(text)).toBeCloseTo(bytes);
  });

  it('is not guessed', () => {
    expect(() => sizeInBytes('238 MiB')).toThrow('not a size: 238 MiB');
  });
});
