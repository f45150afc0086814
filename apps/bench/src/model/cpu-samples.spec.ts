import {
  mapProcesses,
  subtractIdle,
  sumProcesses,
  toCost,
  toMedianCost,
  toRounds,
  withoutNegatives,
} from './cpu-samples.js';

const all = (value: number) => mapProcesses(() => value);

describe('the samples of a round', () => {
  it('groups the samples of all variants by round', () => {
    expect(toRounds({ a: [1, 2], b: [3, 4] })).toEqual([
      { a: 1, b: 3 },
      { a: 2, b: 4 },
    ]);
  });

  it('throws a RangeError if a sample is missing', () => {
    expect(() => toRounds({ a: [1, 2], b: [3] })).toThrow(RangeError);
  });

  it('subtracts the mean idle use of the round from each sample', () => {
    const { short, long } = subtractIdle({
      short: { count: 10, seconds: 2, cpuSeconds: all(1), idleCores: all(0.1) },
      long: { count: 10, seconds: 10, cpuSeconds: all(1), idleCores: all(0.3) },
    });
    expect([short.cpuSeconds.edge, long.cpuSeconds.edge]).toEqual([expect.closeTo(0.6), expect.closeTo(-1)]);
  });
});

describe('the cost of requests', () => {
  it('toCost returns the CPU time per request in milliseconds', () => {
    expect(toCost({ count: 500, cpuSeconds: all(1) }).video).toBe(2);
  });

  it('toMedianCost returns the median of the rounds, and withoutNegatives replaces negative values', () => {
    const cost = toMedianCost([all(-3), { ...all(-1), edge: 4 }, { ...all(-2), edge: 5 }]);
    expect(withoutNegatives(cost)).toEqual({ ...all(0), edge: 4 });
    expect(sumProcesses(cost)).toBe(4 - 2 * 6);
  });
});
