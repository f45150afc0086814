import { HALF_LIFE_MS, viewScore } from './popularity.js';

describe('viewScore', () => {
  const friday = new Date('2026-11-20T20:15:00Z');

  it('scores a view one lower than a view that started one half-life later', () => {
    const earlier = new Date(friday.getTime() - HALF_LIFE_MS);
    expect(viewScore(friday) - viewScore(earlier)).toBeCloseTo(1, 9);
  });

  it('distinguishes views that started a second apart', () => {
    expect(viewScore(new Date(friday.getTime() + 1_000))).toBeGreaterThan(viewScore(friday));
  });
});
