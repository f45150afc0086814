import { startPositionMs, toPositionMs } from './resume-position.js';

describe('startPositionMs', () => {
  it('starts where the viewer stopped', () => {
    expect(startPositionMs(12_000, 30_000)).toBe(12_000);
  });

  it('starts at the beginning when the viewer stopped near or after the end', () => {
    expect(startPositionMs(28_000, 30_000)).toBe(0);
    expect(startPositionMs(31_000, 30_000)).toBe(0);
  });
});

describe('toPositionMs', () => {
  it('rounds seconds to milliseconds and returns 0 for unknown and negative positions', () => {
    expect(toPositionMs(1.23456)).toBe(1235);
    expect(toPositionMs(Number.NaN)).toBe(0);
    expect(toPositionMs(-1)).toBe(0);
  });
});
