import { formatSize } from './format-size.js';

describe('formatSize', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [734_003, '734 kB'],
    [4_200_000_000, '4.2 GB'],
  ])('formats %d bytes as %s', (sizeBytes, text) => {
    expect(formatSize(sizeBytes)).toBe(text);
  });
});
