import { randomUUID } from 'node:crypto';
import { catalogV1, PublishedV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

type Season = catalogV1.PutSeasonRequest;

describe('seasons', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  const createSeries = async (): Promise<string> =>
    (await catalog.createTitle({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, name: 'Night Shift' })).id;
  const asEditor = <Result>(work: () => Promise<Result>): Promise<Result> => runAs(newCaller('editor'), work);
  const episode = (number: number, name = `Part ${number}`): catalogV1.EpisodeInput => ({
    number,
    name,
    synopsis: '',
    runtimeMinutes: 42,
    releasedOn: '2026-09-25',
  });
  const putSeason = (titleId: string, changes: Partial<Season>): Promise<catalogV1.PutSeasonResponse> =>
    asEditor(() => {
      const request = {
        titleId,
        number: 1,
        name: '',
        synopsis: '',
        releaseYear: undefined,
        revision: undefined,
        restoreEpisodes: false,
        episodes: [],
        ...changes,
      };
      return catalog.client.putSeason(request);
    });
  const list = async (titleId: string): Promise<catalogV1.Season[]> =>
    (await catalog.client.listSeasons({ titleId })).seasons;
  const publish = async (titleId: string): Promise<string> => {
    const assetId = randomUUID();
    const publishedAt = new Date().toISOString();
    await video.publish(PublishedV1, { assetId, titleId, durationMs: 30_022, publishedAt });
    return assetId;
  };

  it('lists seasons and episodes in the order of their numbers', async () => {
    const titleId = await createSeries();
    await putSeason(titleId, { number: 2, name: 'The Second', episodes: [episode(2), episode(1, 'Opening')] });
    await putSeason(titleId, { number: 1, releaseYear: 2025, episodes: [episode(1)] });
    const seasons = await list(titleId);
    expect(seasons.map(({ number, name, releaseYear }) => [number, name, releaseYear])).toEqual([
      [1, '', 2025],
      [2, 'The Second', undefined],
    ]);
    expect(seasons[1]?.episodes.map(({ number, name }) => [number, name])).toEqual([
      [1, 'Opening'],
      [2, 'Part 2'],
    ]);
    expect(seasons[0]?.episodes[0]).toMatchObject({
      titleId,
      seasonNumber: 1,
      runtimeMinutes: 42,
      releasedOn: '2026-09-25',
      isPlayable: false,
    });
  });

  it('returns an episode of an unavailable series only to editors', async () => {
    const { id } = await catalog.createTitle({
      kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
      availability: [{ startsAt: '2999-01-01T00:00:00Z', endsAt: undefined }],
    });
    const { season } = await putSeason(id, { episodes: [episode(1)] });
    const episodeIds = season?.episodes.map((each) => each.id) ?? [];
    const batchGet = () => catalog.client.batchGetEpisodes({ episodeIds });
    expect((await asEditor(batchGet)).episodes).toMatchObject([{ titleId: id }]);
    expect((await batchGet()).episodes).toEqual([]);
  });

  it('keeps the ID of an episode with the same number when a season is replaced, and removes missing episodes', async () => {
    const titleId = await createSeries();
    const { season: before } = await putSeason(titleId, { episodes: [episode(1), episode(2)] });
    const { season: after } = await putSeason(titleId, { revision: 1, episodes: [episode(2, 'Renamed'), episode(3)] });
    expect(after?.episodes.map(({ number, name }) => [number, name])).toEqual([
      [2, 'Renamed'],
      [3, 'Part 3'],
    ]);
    expect(after?.episodes[0]?.id).toBe(before?.episodes[1]?.id);
  });

  it('makes a series playable with its first playable episode, specials last', async () => {
    const titleId = await createSeries();
    const { season: specials } = await putSeason(titleId, { number: 0, episodes: [episode(1)] });
    const { season } = await putSeason(titleId, { number: 1, episodes: [episode(1), episode(2)] });
    const findAssetId = async () => (await catalog.client.getTitle({ titleId })).title?.assetId;
    const publishAndWait = async (episodeId = '') => {
      const assetId = await publish(episodeId);
      await eventually(async () => (await findAssetId()) === assetId);
    };
    await publishAndWait(specials?.episodes[0]?.id);
    await publishAndWait(season?.episodes[1]?.id);
    await publishAndWait(season?.episodes[0]?.id);

    await asEditor(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    expect((await list(titleId)).flatMap(({ episodes }) => episodes).map(({ isPlayable }) => isPlayable)).toEqual([
      true,
    ]);
    await asEditor(() => catalog.client.deleteSeason({ titleId, number: 0, revision: 1 }));
    expect(await findAssetId()).toBeUndefined();
  });

  it('makes an episode playable if its video was published before the episode was created', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1)] });
    const episodeId = season?.episodes[0]?.id ?? '';
    await catalog.database.query('DELETE FROM episode WHERE id = $1', [episodeId]);
    await publish(episodeId);
    await eventually(async () => {
      const rows = await catalog.database.query('SELECT 1 FROM publication WHERE title_id = $1', [episodeId]);
      return rows.length === 1;
    });
    await catalog.database.query(
      `INSERT INTO episode (id, title_id, season_number, number, name, synopsis) VALUES ($1, $2, 1, 1, 'One', '')`,
      [episodeId, titleId],
    );
    await putSeason(titleId, { revision: 1, episodes: [episode(1)] });
    expect((await catalog.client.getTitle({ titleId })).title?.isPlayable).toBe(true);
  });

  it('accepts changes to the current revision only', async () => {
    const titleId = await createSeries();
    expect((await putSeason(titleId, {})).season?.revision).toBe(1);
    await expect(putSeason(titleId, {})).rejects.toMatchObject({ code: 'SEASON_EXISTS' });
    expect((await putSeason(titleId, { revision: 1, name: 'One' })).season).toMatchObject({ name: 'One', revision: 2 });
    await expect(putSeason(titleId, { revision: 1 })).rejects.toMatchObject({ code: 'SEASON_CHANGED' });
    await expect(putSeason(titleId, { number: 2, revision: 1 })).rejects.toMatchObject({ code: 'SEASON_NOT_FOUND' });
    const deletion = asEditor(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    await expect(deletion).rejects.toMatchObject({ code: 'SEASON_CHANGED' });
    expect((await list(titleId)).map(({ name }) => name)).toEqual(['One']);
  });

  it('continues the revisions of a deleted season in a new season with the same number', async () => {
    const titleId = await createSeries();
    await putSeason(titleId, {});
    await asEditor(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    expect((await putSeason(titleId, { name: 'New' })).season?.revision).toBe(3);
    await expect(putSeason(titleId, { revision: 1 })).rejects.toMatchObject({ code: 'SEASON_CHANGED' });
  });

  it('restores a deleted season with the IDs of its episodes', async () => {
    const titleId = await createSeries();
    const restore = () => asEditor(() => catalog.client.restoreSeason({ titleId, number: 1 }));
    await expect(restore()).rejects.toMatchObject({ code: 'SEASON_NOT_FOUND' });
    const { season } = await putSeason(titleId, { name: 'One', releaseYear: 2026, episodes: [episode(1), episode(2)] });
    await asEditor(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    expect(await list(titleId)).toEqual([]);
    const restored = await restore();
    expect(restored).toEqual({ season: { ...season, revision: 3 } });
    expect(await restore()).toEqual(restored);
    expect(await list(titleId)).toEqual([restored.season]);
  });

  it('restores a removed episode with its ID', async () => {
    const titleId = await createSeries();
    const restore = (number: number, seasonNumber = 1) =>
      asEditor(() => catalog.client.restoreEpisode({ titleId, seasonNumber, number }));
    await expect(restore(1)).rejects.toMatchObject({ code: 'SEASON_NOT_FOUND' });
    const { season } = await putSeason(titleId, { episodes: [episode(1), episode(2)] });
    await putSeason(titleId, { revision: 1, episodes: [episode(1)] });
    await expect(restore(3)).rejects.toMatchObject({ code: 'EPISODE_NOT_FOUND' });
    const restored = await restore(2);
    expect(restored).toEqual({ season: { ...season, revision: 3 } });
    expect(await restore(2)).toEqual(restored);
    await putSeason(titleId, { revision: 3, episodes: [episode(2, 'Another')] });
    expect((await restore(1)).season?.episodes.map(({ name }) => name)).toEqual(['Part 1', 'Another']);
  });

  it('rejects the restore of an episode into a season with 400 episodes', async () => {
    const titleId = await createSeries();
    const episodes = Array.from({ length: 401 }, (_, index) => episode(index + 1));
    await putSeason(titleId, { episodes: episodes.slice(0, 400) });
    await putSeason(titleId, { revision: 1, episodes: episodes.slice(1) });
    await expect(
      asEditor(() => catalog.client.restoreEpisode({ titleId, seasonNumber: 1, number: 1 })),
    ).rejects.toMatchObject({ code: 'REQUEST_INVALID', fieldErrors: [{ path: 'episodes' }] });
  });

  it('restores removed episodes with their IDs in one change of the season', async () => {
    const titleId = await createSeries();
    const episodes = [1, 2, 3].map((number) => episode(number));
    const { season } = await putSeason(titleId, { name: 'Before', episodes });
    await putSeason(titleId, { revision: 1, name: 'After', episodes: [episode(1)] });
    const undone = { name: 'Before', restoreEpisodes: true, episodes };
    expect(await putSeason(titleId, { ...undone, revision: 2 })).toEqual({ season: { ...season, revision: 3 } });
    const added = { revision: 3, name: 'Before', restoreEpisodes: true, episodes: [...episodes, episode(4)] };
    expect((await putSeason(titleId, added)).season?.episodes.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('restores no episodes if another editor has changed the season', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1), episode(2)] });
    await putSeason(titleId, { revision: 1, episodes: [episode(1)] });
    await putSeason(titleId, { revision: 2, name: 'Theirs', episodes: [episode(1)] });
    const undo = (revision: number) =>
      putSeason(titleId, { revision, restoreEpisodes: true, episodes: [episode(1), episode(2)] });
    await expect(undo(2)).rejects.toMatchObject({ code: 'SEASON_CHANGED' });
    expect(await list(titleId)).toMatchObject([{ name: 'Theirs', revision: 3, episodes: [{ number: 1 }] }]);
    expect((await undo(3)).season?.episodes).toEqual(season?.episodes);
  });

  it('adds an episode with another ID unless the change restores episodes', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1)] });
    await putSeason(titleId, { revision: 1, episodes: [] });
    const added = await putSeason(titleId, { revision: 2, episodes: [episode(1)] });
    expect(added.season?.episodes[0]?.id).not.toBe(season?.episodes[0]?.id);
  });

  it('keeps one change when two editors undo and rename a season concurrently', async () => {
    for (let round = 0; round < 5; round += 1) {
      const titleId = await createSeries();
      await putSeason(titleId, { episodes: [episode(1), episode(2)] });
      await putSeason(titleId, { revision: 1, episodes: [episode(1)] });
      const undone = { revision: 2, name: 'Undone', restoreEpisodes: true, episodes: [episode(1), episode(2)] };
      const undo = () => putSeason(titleId, undone);
      const rename = () => putSeason(titleId, { revision: 2, name: 'Renamed', episodes: [episode(1)] });
      const [undoing, renamed] = await Promise.allSettled([undo(), rename()]);
      const [season] = await list(titleId);
      // The later of the two changes is rejected, and has no effect.
      expect([undoing.status, renamed.status, season?.name, season?.episodes.length]).toEqual(
        renamed.status === 'fulfilled'
          ? ['rejected', 'fulfilled', 'Renamed', 1]
          : ['fulfilled', 'rejected', 'Undone', 2],
      );
      const rejected = [undoing, renamed].find(({ status }) => status === 'rejected');
      expect(rejected).toMatchObject({ reason: { code: 'SEASON_CHANGED' } });
    }
  });

  it('restores the same episodes, with their IDs, when two editors undo the same removal concurrently', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [1, 2, 3].map((number) => episode(number)) });
    await putSeason(titleId, { revision: 1, episodes: [episode(1)] });
    const undo = async () => {
      for (const number of [2, 3]) {
        await asEditor(() => catalog.client.restoreEpisode({ titleId, seasonNumber: 1, number }));
      }
    };
    await Promise.all([undo(), undo()]);
    expect(await list(titleId)).toMatchObject([{ revision: 4, episodes: season?.episodes }]);
  });

  it('restores a season once when two editors undo its deletion concurrently', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1)] });
    await asEditor(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    const restore = () => asEditor(() => catalog.client.restoreSeason({ titleId, number: 1 }));
    const [one, other] = await Promise.all([restore(), restore()]);
    expect(one).toEqual(other);
    expect(one.season).toMatchObject({ revision: 3, episodes: season?.episodes });
  });

  it('lists the changes to a season, newest first, even if it is deleted', async () => {
    const titleId = await createSeries();
    const editor = newCaller('editor');
    const listChanges = (number = 1, cursor = '', pageSize = 0) =>
      runAs(editor, () => catalog.client.listSeasonChanges({ titleId, number, pageSize, cursor }));
    await expect(listChanges()).rejects.toMatchObject({ code: 'SEASON_NOT_FOUND' });
    await putSeason(titleId, { episodes: [episode(1), episode(2)] });
    await putSeason(titleId, { revision: 1, name: 'One', episodes: [episode(1)] });
    await putSeason(titleId, { revision: 2, name: 'One', episodes: [episode(1)] });
    await asEditor(() => catalog.client.restoreEpisode({ titleId, seasonNumber: 1, number: 2 }));
    await runAs(editor, () => catalog.client.deleteSeason({ titleId, number: 1, revision: 3 }));
    const { changes } = await listChanges();
    const { CHANGE_ACTION_CREATED, CHANGE_ACTION_DELETED, CHANGE_ACTION_REPLACED } = catalogV1.ChangeAction;
    expect(changes.map(({ revision, action }) => [revision, action])).toEqual([
      [4, CHANGE_ACTION_DELETED],
      [3, CHANGE_ACTION_REPLACED],
      [2, CHANGE_ACTION_REPLACED],
      [1, CHANGE_ACTION_CREATED],
    ]);
    const second = '{"name":"Part 2","releasedOn":"2026-09-25","runtimeMinutes":42,"synopsis":""}';
    expect(changes[0]).toMatchObject({ accountId: editor.accountId, fields: [] });
    expect(changes[1]?.fields).toEqual([{ field: 'episodes.2', after: second }]);
    expect(changes[2]?.fields).toEqual([
      { field: 'name', after: '"One"' },
      { field: 'episodes.2', before: second },
    ]);
    expect(changes[3]?.fields.map(({ field }) => field)).toEqual(['episodes.1', 'episodes.2']);
    const { nextCursor } = await listChanges(1, '', 3);
    expect((await listChanges(1, nextCursor, 3)).changes.map(({ revision }) => revision)).toEqual([1]);
    await asEditor(() => catalog.client.restoreSeason({ titleId, number: 1 }));
    expect((await listChanges()).changes[0]).toMatchObject({ revision: 5 });
    expect((await list(titleId))[0]?.revision).toBe(5);
  });

  it('returns episodes in the order of the requested IDs and omits unknown IDs', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1), episode(2)] });
    const [first = '', second = ''] = season?.episodes.map(({ id }) => id) ?? [];
    const { episodes } = await catalog.client.batchGetEpisodes({ episodeIds: [second, randomUUID(), first] });
    expect(episodes.map(({ id }) => id)).toEqual([second, first]);
  });

  it('returns the next playable episode after each one, even from the next season, with specials last', async () => {
    const titleId = await createSeries();
    const put = async (number: number): Promise<string[]> => {
      const { season } = await putSeason(titleId, { number, episodes: [episode(1), episode(2)] });
      return season?.episodes.map(({ id }) => id) ?? [];
    };
    const [special = '', lastSpecial = ''] = await put(0);
    const [first = '', unpublished = ''] = await put(1);
    const [third = '', last = ''] = await put(3);
    const published = [special, lastSpecial, first, third, last];
    for (const id of published) await publish(id);
    await eventually(async () => {
      const { episodes } = await catalog.client.batchGetEpisodes({ episodeIds: published });
      return episodes.every(({ isPlayable }) => isPlayable);
    });
    const episodeIds = [randomUUID(), titleId, first, unpublished, third, last, special, lastSpecial];
    const { nextEpisodes } = await catalog.client.listNextEpisodes({ episodeIds });
    const next = Object.fromEntries(nextEpisodes.map(({ previousId, episode: each }) => [previousId, each?.id]));
    expect(next).toEqual({
      [first]: third,
      [unpublished]: third,
      [third]: last,
      [last]: special,
      [special]: lastSpecial,
    });
    expect(nextEpisodes[0]?.episode).toMatchObject({ titleId, isPlayable: true, durationMs: 30_022 });
  });

  it('shows episodes while their series is visible, and never deleted ones', async () => {
    const titleId = await createSeries();
    const { season } = await putSeason(titleId, { episodes: [episode(1)] });
    const check = (id: string) => catalog.client.checkVisibility({ id });
    const ids = [titleId, season?.episodes[0]?.id ?? ''];
    for (const id of ids) await expect(check(id)).resolves.toEqual({});
    const setWindow = `UPDATE title SET availability = '[{"startsAt":"2100-01-01T00:00:00Z"}]' WHERE id = $1`;
    await catalog.database.query(setWindow, [titleId]);
    for (const id of ids) {
      await expect(check(id)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
      await expect(asEditor(() => check(id))).resolves.toEqual({});
    }
    await asEditor(() => catalog.client.deleteTitle({ titleId, revision: 1 }));
    for (const id of ids) {
      await expect(asEditor(() => check(id))).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    }
    await expect(check(randomUUID())).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });

  it('rejects seasons of a film or an unknown title, and the deletion of a season that does not exist', async () => {
    const film = await catalog.createTitle();
    await expect(putSeason(film.id, {})).rejects.toMatchObject({ code: 'TITLE_NOT_A_SERIES' });
    await expect(putSeason(randomUUID(), {})).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    const titleId = await createSeries();
    const deletion = asEditor(() => catalog.client.deleteSeason({ titleId, number: 3, revision: 1 }));
    await expect(deletion).rejects.toMatchObject({ code: 'SEASON_NOT_FOUND' });
  });

  it('rejects two episodes with the same number, and changes by viewers', async () => {
    const titleId = await createSeries();
    await expect(putSeason(titleId, { episodes: [episode(1), episode(1)] })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    const byViewer = runAs(newCaller('viewer'), () => catalog.client.deleteSeason({ titleId, number: 1, revision: 1 }));
    await expect(byViewer).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
