import { listIntervals, PERIODS, toTimes } from './periods.js';

const NOW_MS = Date.parse('2026-11-24T10:20:00.000Z');

describe('periods of usage', () => {
  const [day, , month] = PERIODS as [(typeof PERIODS)[0], (typeof PERIODS)[0], (typeof PERIODS)[0]];

  it('a period ends with the current hour or day', () => {
    expect(toTimes(day, NOW_MS)).toEqual({ from: '2026-11-23T11:00:00.000Z', to: '2026-11-24T11:00:00.000Z' });
    expect(toTimes(month, NOW_MS)).toEqual({ from: '2026-10-26T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' });
  });

  it('lists all intervals of a period', () => {
    for (const period of PERIODS) {
      const { from, to } = toTimes(period, NOW_MS);
      const intervals = listIntervals(period, from, to);
      expect(intervals).toHaveLength(period.hours / (period.interval === 'day' ? 24 : 1));
      expect([intervals[0], intervals.at(-1)]).toEqual([
        Date.parse(from),
        Date.parse(to) - (period.interval === 'day' ? 24 : 1) * 3_600_000,
      ]);
    }
  });
});
