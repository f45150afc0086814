import type { Schema } from '@viernes/api-client';
import { listFacts, watchedFraction } from './title-facts.js';

const title: Schema<'Title'> = {
  id: 't',
  kind: 'film',
  name: 'Friday',
  slug: 'friday',
  synopsis: '',
  releaseYear: null,
  genres: [],
  directors: [],
  maturityRating: null,
  minimumAge: null,
  seasonCount: null,
  artwork: [],
  runtimeMinutes: null,
  score: null,
  isPlayable: false,
  assetId: null,
  durationMs: null,
  createdAt: '2026-11-20T20:00:00Z',
};

describe('listFacts', () => {
  it('omits unknown facts of a title', () => {
    expect(listFacts(title)).toEqual([]);
  });

  it('names the number of seasons of a series instead of a duration', () => {
    const series = { ...title, kind: 'series', seasonCount: 2, durationMs: 30_000 } as const;
    expect(listFacts(series)).toEqual(['2 seasons']);
    expect(listFacts({ ...series, seasonCount: null })).toEqual(['Series']);
  });

  it('prefers the duration of the asset over the runtime of the catalog entry', () => {
    expect(listFacts({ ...title, releaseYear: 1999, runtimeMinutes: 90, durationMs: 30_000 })).toEqual(['1999', '30s']);
  });
});

describe('watchedFraction', () => {
  it('returns a fraction from 0 to 1, also past the end or without a duration', () => {
    expect(watchedFraction({ positionMs: 30, durationMs: 120 })).toBe(0.25);
    expect(watchedFraction({ positionMs: 130, durationMs: 120 })).toBe(1);
    expect(watchedFraction({ positionMs: 1, durationMs: 0 })).toBe(0);
  });
});
