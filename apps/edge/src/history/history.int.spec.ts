import { randomUUID } from 'node:crypto';
import { catalogV1, CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/history', () => {
  const film = titleMessage();
  const series = titleMessage({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, name: 'Night Shift' });
  const episode = (number: number): catalogV1.Episode => ({
    id: randomUUID(),
    titleId: series.id,
    seasonNumber: 1,
    number,
    name: `Night ${number}`,
    synopsis: '',
    isPlayable: true,
  });
  const episodes = [episode(1), episode(2)];
  const removed: string[][] = [];
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  beforeEach(() => {
    removed.length = 0;
    edge.catalog.handlers = {
      batchGetTitles: ({ titleIds }) => ({ titles: [film, series].filter(({ id }) => titleIds.includes(id)) }),
      batchGetEpisodes: ({ episodeIds }) => ({ episodes: episodes.filter(({ id }) => episodeIds.includes(id)) }),
      listSeasons: ({ titleId }) => {
        if (titleId === film.id) return { seasons: [] };
        if (titleId !== series.id) throw new CodedError('TITLE_NOT_FOUND');
        return { seasons: [{ number: 1, name: '', synopsis: '', revision: 1, episodes }] };
      },
    };
    edge.user.handlers.removeFromHistory = ({ titleIds }) => {
      removed.push(titleIds);
      return {};
    };
  });
  afterAll(() => edge.stop());

  it('returns films and episodes, without those that do not exist for the profile', async () => {
    const watchedAt = new Date().toISOString();
    const progress = { positionMs: 90_000, durationMs: 600_000, isFinished: false, watchedAt };
    edge.user.handlers.listHistory = ({ cursor }) => ({
      entries: [episodes[1]?.id ?? '', randomUUID(), film.id].map((titleId) => ({ titleId, ...progress })),
      nextCursor: `after-${cursor}`,
    });
    expect(await (await edge.fetch('/v1/history?cursor=x')).json()).toMatchObject({
      entries: [
        { title: { name: 'Night Shift' }, episode: { name: 'Night 2' }, ...progress },
        { title: { name: 'Metropolis' }, episode: null, ...progress },
      ],
      nextCursor: 'after-x',
    });
  });

  it('removes a film, an episode, and all episodes of a series', async () => {
    const ids = episodes.map(({ id }) => id);
    for (const id of [film.id, ids[0] ?? '', series.id])
      expect((await edge.fetch(`/v1/history/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(removed).toEqual([[film.id], [ids[0]], [series.id, ...ids]]);
  });

  it('removes nothing while the catalog is unavailable', async () => {
    edge.catalog.handlers.listSeasons = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    expect((await edge.fetch(`/v1/history/${series.id}`, { method: 'DELETE' })).status).toBe(503);
    expect(removed).toEqual([]);
  });

  it('removes the complete history', async () => {
    let isCleared = false;
    edge.user.handlers.clearHistory = () => {
      isCleared = true;
      return {};
    };
    expect((await edge.fetch('/v1/history', { method: 'DELETE' })).status).toBe(204);
    expect(isCleared).toBe(true);
  });
});
