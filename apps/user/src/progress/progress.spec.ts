import { isFinished } from './progress.js';

const MINUTE = 60_000;

describe('isFinished', () => {
  it.each([
    ['half of 100 minutes', false, 50 * MINUTE, 100 * MINUTE],
    ['95 % of 100 minutes', false, 95 * MINUTE, 100 * MINUTE],
    ['over 95 % of 100 minutes', true, 95 * MINUTE + 1, 100 * MINUTE],
    ['all but 30 s of 4.5 minutes', false, 4 * MINUTE, 4 * MINUTE + 30_000],
    ['all but under 30 s of 4.5 minutes', true, 4 * MINUTE + 1, 4 * MINUTE + 30_000],
    ['all but 20 s of 30 s', false, 10_000, 30_000],
    ['over 95 % of 30 s', true, 28_501, 30_000],
    ['the start of 30 s', false, 0, 30_000],
  ])('considers %s finished: %j', (_, expected, positionMs, durationMs) => {
    expect(isFinished(positionMs, durationMs)).toBe(expected);
  });
});
