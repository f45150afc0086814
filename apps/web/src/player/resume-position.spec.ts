import { beginAtMs, positionMsOf } from './resume-position.js';

describe('beginAtMs', () => {
  it('goes on where the viewer stopped', () => {
    expect(beginAtMs(12_000, 30_000)).toBe(12_000);
  });

  it('begins again when the film was over', () => {
    expect(beginAtMs(28_000, 30_000)).toBe(0);
    expect(beginAtMs(31_000, 30_000)).toBe(0);
  });
});

describe('positionMsOf', () => {
  it('counts whole milliseconds', () => {
    expect(positionMsOf(1.23456)).toBe(1235);
    expect(positionMsOf(Number.NaN)).toBe(0);
    expect(positionMsOf(-1)).toBe(0);
  });
});
