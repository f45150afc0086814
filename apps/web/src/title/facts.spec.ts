import type { Title } from '../api/types.js';
import { factsOf, lengthText, watchedPart } from './facts.js';

const title: Title = {
  id: 't',
  kind: 'film',
  name: 'Friday',
  synopsis: '',
  releaseYear: null,
  genres: [],
  directors: [],
  maturityRating: null,
  runtimeMinutes: null,
  score: null,
  isPlayable: false,
  assetId: null,
  durationMs: null,
  createdAt: '2026-11-20T20:00:00Z',
};

describe('lengthText', () => {
  it.each([
    [30_000, '30 s'],
    [45 * 60_000, '45 min'],
    [60 * 60_000, '1 h'],
    [125 * 60_000, '2 h 5 min'],
    [59.9 * 60_000, '1 h'],
  ])('reads %d ms as %s', (durationMs, text) => {
    expect(lengthText(durationMs)).toBe(text);
  });
});

describe('factsOf', () => {
  it('leaves out what is not known', () => {
    expect(factsOf(title)).toEqual([]);
  });

  it('prefers the length of the film we have over the one on paper', () => {
    expect(factsOf({ ...title, releaseYear: 1999, runtimeMinutes: 90, durationMs: 30_000 })).toEqual(['1999', '30 s']);
  });
});

describe('watchedPart', () => {
  it('stays between nothing and all, even past the end or without a length', () => {
    expect(watchedPart({ positionMs: 30, durationMs: 120 })).toBe(0.25);
    expect(watchedPart({ positionMs: 130, durationMs: 120 })).toBe(1);
    expect(watchedPart({ positionMs: 1, durationMs: 0 })).toBe(0);
  });
});
