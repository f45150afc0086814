import { randomUUID } from 'node:crypto';
import { catalogV1, type userV1 } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('GET /v1/profiles/{id}/continue-watching', () => {
  const kind = catalogV1.TitleKind.TITLE_KIND_SERIES;
  const [film, series, other] = [titleMessage(), titleMessage({ kind }), titleMessage({ kind })];
  const episodesOf = (titleId: string): catalogV1.Episode[] =>
    [1, 2, 3].map((number) => {
      const names = { name: `Part ${number}`, synopsis: '' };
      return { id: randomUUID(), titleId, seasonNumber: 1, number, ...names, isPlayable: true, durationMs: 60_000 };
    });
  const episodes = [...episodesOf(series.id), ...episodesOf(other.id)];
  const [first = '', second = '', third = '', otherFirst = ''] = episodes.map(({ id }) => id);
  const finished = (titleId: string, minute: number): userV1.FinishedTitle => ({
    titleId,
    watchedAt: new Date(Date.UTC(2026, 10, 20, 20, minute)).toISOString(),
  });
  const unfinished = (titleId: string, minute: number): userV1.ContinueWatchingEntry => ({
    ...finished(titleId, minute),
    assetId: randomUUID(),
    positionMs: 20_000,
    durationMs: 50_000,
  });
  let edge: TestEdge;
  /** Returns the ID of the title, the name of the episode, the position, and the duration of each entry. */
  const list = async (response: userV1.ListContinueWatchingResponse): Promise<readonly (readonly unknown[])[]> => {
    edge.user.handlers.listContinueWatching = () => response;
    const received = await edge.fetch(`/v1/profiles/${randomUUID()}/continue-watching`);
    const body = (await received.json()) as {
      entries: { title: { id: string }; episode: { name: string } | null; positionMs: number; durationMs: number }[];
    };
    return body.entries.map((entry) => [
      entry.title.id,
      entry.episode?.name ?? null,
      entry.positionMs,
      entry.durationMs,
    ]);
  };

  beforeAll(async () => {
    edge = await startEdge();
    edge.catalog.handlers = {
      batchGetTitles: ({ titleIds }) => ({ titles: [film, series, other].filter(({ id }) => titleIds.includes(id)) }),
      batchGetEpisodes: ({ episodeIds }) => ({ episodes: episodes.filter(({ id }) => episodeIds.includes(id)) }),
      listNextEpisodes: ({ episodeIds }) => ({
        nextEpisodes: episodeIds.flatMap((previousId) => {
          const index = episodes.findIndex(({ id }) => id === previousId);
          const next = index === -1 ? undefined : episodes[index + 1];
          return next && next.titleId === episodes[index]?.titleId ? [{ previousId, episode: next }] : [];
        }),
      }),
    };
  });
  afterAll(() => edge.stop());

  it('continues a film and an episode at their positions, latest first', async () => {
    expect(await list({ entries: [unfinished(film.id, 1), unfinished(second, 2)], finished: [] })).toEqual([
      [series.id, 'Part 2', 20_000, 50_000],
      [film.id, null, 20_000, 50_000],
    ]);
  });

  it('continues a series with the next episode if the latest one is finished', async () => {
    const watched = { entries: [unfinished(film.id, 2)], finished: [finished(second, 3), finished(first, 1)] };
    expect(await list(watched)).toEqual([
      [series.id, 'Part 3', 0, 60_000],
      [film.id, null, 20_000, 50_000],
    ]);
  });

  it('continues the next episode at its position, if it was started earlier', async () => {
    const watched = { entries: [unfinished(second, 1)], finished: [finished(first, 2)] };
    expect(await list(watched)).toEqual([[series.id, 'Part 2', 20_000, 50_000]]);
  });

  it('shows each series once, with its latest episode', async () => {
    const entries = [unfinished(third, 5), unfinished(first, 1), unfinished(otherFirst, 3)];
    expect(await list({ entries, finished: [finished(second, 4)] })).toEqual([
      [series.id, 'Part 3', 20_000, 50_000],
      [other.id, 'Part 1', 20_000, 50_000],
    ]);
  });

  it('omits finished films, series whose last episode is finished, and titles that do not exist', async () => {
    const entries = [unfinished(first, 1), unfinished(randomUUID(), 4)];
    expect(await list({ entries, finished: [finished(third, 3), finished(film.id, 2)] })).toEqual([]);
  });
});
