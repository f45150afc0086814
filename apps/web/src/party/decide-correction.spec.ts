import { decideCorrection, targetPositionMs } from './decide-correction.js';

describe('decideCorrection', () => {
  const playing = (driftMs: number, canSeek = true) => decideCorrection({ driftMs, isPlaying: true, canSeek });

  it.each([
    ['the normal rate', 10, 1],
    ['a slightly higher rate', 45, 1.03],
    ['a slightly lower rate', -45, 0.97],
    ['the highest rate', 290, 1.05],
    ['the lowest rate', -290, 0.95],
  ])('selects %s for a drift of %d ms', (_name, driftMs, playbackRate) => {
    expect(playing(driftMs)).toEqual({ isSeek: false, playbackRate });
  });

  it('corrects a drift beyond 300 ms by a seek, unless a seek has just finished', () => {
    expect(playing(301)).toEqual({ isSeek: true, playbackRate: 1 });
    expect(playing(-301)).toEqual({ isSeek: true, playbackRate: 1 });
    expect(playing(301, false)).toEqual({ isSeek: false, playbackRate: 1.05 });
  });

  it('corrects a drift only by a seek while paused', () => {
    const paused = (driftMs: number) => decideCorrection({ driftMs, isPlaying: false, canSeek: true });
    expect(paused(40)).toEqual({ isSeek: false, playbackRate: 1 });
    expect(paused(-41)).toEqual({ isSeek: true, playbackRate: 1 });
  });

  it('converges below the tolerance within 10 s, for each drift that it corrects by the rate', () => {
    for (const start of [-300, -100, 20, 300]) {
      let driftMs = start;
      for (let elapsedMs = 0; elapsedMs < 10_000; elapsedMs += 250)
        driftMs -= (playing(driftMs).playbackRate - 1) * 250;
      expect(Math.abs(driftMs)).toBeLessThan(15);
    }
  });
});

describe('targetPositionMs', () => {
  it('advances with the time of the party while playing, up to the duration', () => {
    const playback = { isPlaying: true, positionMs: 5_000, atMs: 1_000_000 };
    expect(targetPositionMs(playback, 1_002_500, 60_000)).toBe(7_500);
    expect(targetPositionMs(playback, 1_999_999, 60_000)).toBe(60_000);
    expect(targetPositionMs(playback, 999_990, 60_000)).toBe(5_000);
    expect(targetPositionMs({ ...playback, isPlaying: false }, 1_002_500, 60_000)).toBe(5_000);
  });
});
