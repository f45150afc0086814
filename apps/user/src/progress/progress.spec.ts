import { isFinished } from './progress.js';

const MINUTE = 60_000;

describe('a title', () => {
  it.each([
    ['half of a film', 50 * MINUTE, 100 * MINUTE, false],
    ['95 % of a film', 95 * MINUTE, 100 * MINUTE, false],
    ['more than 95 % of a film', 95 * MINUTE + 1, 100 * MINUTE, true],
    ['all but 30 s of a clip', 4 * MINUTE, 4 * MINUTE + 30_000, false],
    ['all but less than 30 s of a clip', 4 * MINUTE + 1, 4 * MINUTE + 30_000, true],
    ['all but 20 s of a short', 10_000, 30_000, false],
    ['more than 95 % of a short', 28_501, 30_000, true],
    ['nothing', 0, 30_000, false],
  ])('of which %s was watched', (_, positionMs, durationMs, isThrough) => {
    expect(isFinished(positionMs, durationMs)).toBe(isThrough);
  });
});
