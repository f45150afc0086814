import { limits } from '@viernes/api-client';
import { DEMO_SEASONS } from './demo-seasons.js';
import { listDemoSeries, toExternalId } from './demo-series.js';

describe('DEMO_SEASONS', () => {
  const series = new Map(listDemoSeries().map((title) => [title.externalId, title]));

  it.each(Object.entries(DEMO_SEASONS))('contains all seasons of %s in the order of their release', (slug, seasons) => {
    const title = series.get(toExternalId(slug));
    expect(seasons.map(({ number }) => number)).toEqual(seasons.map((_, index) => index + 1));
    expect(seasons).toHaveLength(title?.seasonCount ?? 0);
    expect(seasons[0]?.releaseYear).toBe(title?.releaseYear);
    const dates = seasons.flatMap(({ episodes = [] }) => episodes.map(({ releasedOn = '' }) => releasedOn));
    expect(dates).toEqual(dates.toSorted());
    const { synopsis } = limits.NewSeason.episodes.items;
    for (const episode of seasons.flatMap(({ episodes = [] }) => episodes)) {
      expect(episode.synopsis?.length).toBeLessThanOrEqual(synopsis.maxLength);
    }
  });
});
