import { fromLocalTime, toLocalTime } from './local-time.js';
import { moveRow } from './rows.js';

describe('moveRow', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ])('moves row %d by %d', (index, step, expected) => {
    expect(moveRow(['a', 'b', 'c'], index, step)).toEqual(expected);
  });
});

describe('toLocalTime', () => {
  it('toLocalTime is the inverse of fromLocalTime', () => {
    expect(toLocalTime(fromLocalTime('2026-07-01T20:15'))).toBe('2026-07-01T20:15');
    expect(toLocalTime('')).toBe('');
    expect(fromLocalTime('')).toBe('');
  });
});
