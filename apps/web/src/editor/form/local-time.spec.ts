import { fromLocalTime, toLocalTime } from './local-time.js';

describe('toLocalTime', () => {
  it('toLocalTime is the inverse of fromLocalTime', () => {
    expect(toLocalTime(fromLocalTime('2026-07-01T20:15'))).toBe('2026-07-01T20:15');
    expect(toLocalTime('')).toBe('');
    expect(fromLocalTime('')).toBe('');
  });
});
