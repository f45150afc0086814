import { isSelected } from './canary.js';

const CALLERS = Array.from({ length: 1_000 }, (_, index) => `account ${index}`);
const select = (percent: number): string[] => CALLERS.filter((caller) => isSelected(caller, percent));

describe('isSelected', () => {
  it.each([1, 10, 50, 90])('selects about %i percent of the callers', (percent) => {
    expect(Math.abs(select(percent).length / 10 - percent)).toBeLessThan(3);
  });

  it('selects no caller for 0 percent, and each for 100', () => {
    expect([select(0).length, select(100).length]).toEqual([0, 1_000]);
  });

  it('selects the same callers each time, and all of them for a higher percentage', () => {
    for (const [lower, higher] of [
      [1, 2],
      [10, 50],
      [50, 100],
    ] as const) {
      expect(select(lower)).toEqual(select(lower));
      expect(select(higher)).toEqual(expect.arrayContaining(select(lower)));
    }
  });
});
