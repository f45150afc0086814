import { selectOffsetMs } from './party-clock.js';

describe('the clock of parties', () => {
  it('uses the offset of the shortest round trip, whose error is the smallest', () => {
    const samples = [
      { offsetMs: 300, roundTripMs: 700 },
      { offsetMs: 12, roundTripMs: 3 },
      { offsetMs: -40, roundTripMs: 90 },
    ];
    expect(selectOffsetMs(samples)).toBe(12);
  });

  it('returns the local time before the first measurement', () => {
    expect(selectOffsetMs([])).toBe(0);
  });
});
