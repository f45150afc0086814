import { median } from './median.ts';

describe('the median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 2], 6],
    [[100, 9, 11, 10], 10.5],
  ])('of %p is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('does not exist without values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
