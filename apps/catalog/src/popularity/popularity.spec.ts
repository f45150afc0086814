import { HALF_LIFE_MS, viewHeat } from './popularity.js';

describe('the heat of a view', () => {
  const friday = new Date('2026-11-20T20:15:00Z');

  it('is one half-life less for a view that is a half-life older', () => {
    const older = new Date(friday.getTime() - HALF_LIFE_MS);
    expect(viewHeat(friday) - viewHeat(older)).toBeCloseTo(1, 9);
  });

  it('tells views a second apart', () => {
    expect(viewHeat(new Date(friday.getTime() + 1_000))).toBeGreaterThan(viewHeat(friday));
  });
});
