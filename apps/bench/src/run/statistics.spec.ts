import { median, percentile } from './statistics.js';

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 2], 6],
    [[100, 9, 11, 10], 10.5],
  ])('the median of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('throws a RangeError without values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('percentile', () => {
  const values = [15, 20, 35, 40, 50];

  it.each([
    [5, 15],
    [30, 20],
    [40, 20],
    [50, 35],
    [99, 50],
    [100, 50],
  ])('the percentile %d is the nearest rank %d', (percent, value) => {
    expect(percentile(values, percent)).toBe(value);
  });

  it('throws a RangeError without values', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
  });
});
