import { HALF_LIFE_MS, viewScore } from './popularity.js';

describe('the score of a view', () => {
  const friday = new Date('2026-11-20T20:15:00Z');

  it('is one lower for a view that started one half-life earlier', () => {
    const earlier = new Date(friday.getTime() - HALF_LIFE_MS);
    expect(viewScore(friday) - viewScore(earlier)).toBeCloseTo(1, 9);
  });

  it('distinguishes views that started a second apart', () => {
    expect(viewScore(new Date(friday.getTime() + 1_000))).toBeGreaterThan(viewScore(friday));
  });
});
