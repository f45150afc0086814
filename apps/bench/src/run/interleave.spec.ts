import { interleave, toRatios } from './interleave.js';

describe('interleave', () => {
  it('reverses the order of the variants in every second round', async () => {
    const order: string[] = [];
    const variant = (name: string) => async (round: number) => {
      order.push(name);
      return round;
    };
    const samples = await interleave(3, { a: variant('a'), b: variant('b') });
    expect(order.join('')).toBe('abbaab');
    expect(samples).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
  });
});

describe('toRatios', () => {
  it('divides the samples of the same round', () => {
    expect(toRatios([2, 9], [4, 3])).toEqual([0.5, 3]);
  });

  it('throws a RangeError if a sample is missing', () => {
    expect(() => toRatios([1], [])).toThrow(RangeError);
  });
});
