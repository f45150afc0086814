import { formatDuration, formatPercent, formatScore } from './format.js';

describe('formatDuration', () => {
  it.each([
    [30_000, '30s'],
    [45 * 60_000, '45m'],
    [60 * 60_000, '1h'],
    [125 * 60_000, '2h 5m'],
    [59.9 * 60_000, '1h'],
    [0, '0s'],
  ])('formats %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatPercent', () => {
  it('formats only a complete task as 100 %', () => {
    expect([0, 0.999, 1].map(formatPercent)).toEqual(['0%', '99%', '100%']);
  });
});

describe('formatScore', () => {
  it('formats a score with one digit after the point', () => {
    expect([8, 7.25].map(formatScore)).toEqual(['8.0', '7.3']);
  });
});
