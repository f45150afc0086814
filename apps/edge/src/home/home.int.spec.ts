import { randomUUID } from 'node:crypto';
import { catalogV1, CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { getHome, type HomeResponse } from './home.operations.js';

describe('GET /v1/home', () => {
  const title = titleMessage();
  const profileId = randomUUID();
  const entry = {
    titleId: title.id,
    assetId: randomUUID(),
    positionMs: 90_000,
    durationMs: 600_000,
    watchedAt: new Date().toISOString(),
  };
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  beforeEach(() => {
    edge.catalog.handlers = {
      listHomeRows: () => ({ rows: [{ id: 'popular', name: 'Popular', titles: [title] }], version: '' }),
      batchGetTitles: () => ({ titles: [title] }),
      batchGetEpisodes: () => ({ episodes: [] }),
    };
    edge.user.handlers.listContinueWatching = () => ({
      entries: [entry, { ...entry, titleId: randomUUID() }],
      finished: [],
    });
  });
  afterAll(() => edge.stop());

  const getRows = async (path: string, token?: string | null): Promise<HomeResponse> => {
    const response = await edge.fetch(path, { token });
    expect(response.status).toBe(200);
    return getHome.success.schema.parse(await response.json());
  };

  it('returns the rows of the catalog without a token', async () => {
    const { rows, unavailableSources } = await getRows('/v1/home', null);
    expect(rows.map(({ id }) => id)).toEqual(['popular']);
    expect(unavailableSources).toEqual([]);
  });

  it('starts with the titles that the profile has not finished, without deleted titles', async () => {
    const { rows } = await getRows(`/v1/home?profileId=${profileId}`);
    expect(rows.map(({ id }) => id)).toEqual(['continue-watching', 'popular']);
    expect(rows[0]?.titles).toMatchObject([{ id: title.id, progress: { positionMs: 90_000, durationMs: 600_000 } }]);
  });

  it('returns the list of the selected profile after its unfinished titles', async () => {
    edge.user.handlers.listMyList = () => ({
      entries: [title.id, randomUUID()].map((titleId) => ({ titleId, addedAt: new Date().toISOString() })),
      nextCursor: '',
    });
    const token = await edge.issuer.sign({ profileId });
    const { rows } = await getRows(`/v1/home?profileId=${profileId}`, token);
    expect(rows.map(({ id }) => id)).toEqual(['continue-watching', 'my-list', 'popular']);
    expect(rows[1]?.titles.map(({ id }) => id)).toEqual([title.id]);
    const other = await getRows(`/v1/home?profileId=${randomUUID()}`, token);
    expect(other.rows.map(({ id }) => id)).toEqual(['continue-watching', 'popular']);
  });

  it('shows the series of an episode that the profile has not finished', async () => {
    const series = titleMessage({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES, name: 'Night Shift' });
    const episode = { titleId: series.id, seasonNumber: 1, number: 2, name: 'Two', synopsis: '', isPlayable: true };
    edge.catalog.handlers.batchGetTitles = ({ titleIds }) => ({
      titles: [title, series].filter(({ id }) => titleIds.includes(id)),
    });
    edge.catalog.handlers.batchGetEpisodes = ({ episodeIds }) => ({
      episodes: episodeIds.map((id) => ({ ...episode, id })),
    });
    const { rows } = await getRows(`/v1/home?profileId=${profileId}`);
    expect(rows[0]?.titles).toMatchObject([{ name: title.name }, { name: 'Night Shift', episode: { name: 'Two' } }]);
    expect(rows[0]?.titles[0]).not.toHaveProperty('episode');
  });

  it('keeps the rows of each maximum age until the catalog returns another version', async () => {
    const known: string[] = [];
    let name = 'Popular';
    edge.catalog.handlers.listHomeRows = ({ knownVersion }, { metadata }) => {
      const [age = ''] = metadata.get('viernes-maximum-age');
      known.push(knownVersion);
      const version = `${name} ${String(age)}`;
      const rows = [{ id: 'popular', name: version, titles: [title] }];
      return { rows: version === knownVersion ? [] : rows, version };
    };
    const [adult, child] = await Promise.all([edge.issuer.sign(), edge.issuer.sign({ maximumAge: 12 })]);
    const getName = async (token: string, path = '/v1/home') => (await getRows(path, token)).rows.at(-1)?.name;
    const first = await getRows('/v1/home', adult);
    expect(await getRows('/v1/home', adult)).toEqual(first);
    expect(await getName(child)).toBe('Popular 12');
    expect(await getName(child, `/v1/home?profileId=${profileId}`)).toBe('Popular 12');
    expect(await getName(adult, `/v1/home?profileId=${profileId}`)).toBe('Popular ');
    name = 'Changed';
    expect([await getName(adult), await getName(child)]).toEqual(['Changed ', 'Changed 12']);
    expect(known).toEqual(['', 'Popular ', '', 'Popular 12', 'Popular ', 'Popular ', 'Popular 12']);
  });

  it('omits the personal row and names the user service if it is unavailable', async () => {
    await getRows(`/v1/home?profileId=${profileId}`);
    edge.user.stop();
    const { rows, unavailableSources } = await getRows(`/v1/home?profileId=${profileId}`);
    await edge.user.start();
    expect(rows.map(({ id }) => id)).toEqual(['popular']);
    expect(unavailableSources).toEqual(['user']);
  });

  it('omits the rows of a source that does not respond in time', async () => {
    edge.catalog.handlers.listHomeRows = () => new Promise(() => undefined);
    const { rows, unavailableSources } = await getRows(`/v1/home?profileId=${profileId}`);
    expect(rows.map(({ id }) => id)).toEqual(['continue-watching']);
    expect(unavailableSources).toEqual(['catalog']);
  });

  it('names the catalog if the titles of the personal row are unavailable', async () => {
    edge.catalog.handlers.batchGetTitles = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    const { rows, unavailableSources } = await getRows(`/v1/home?profileId=${profileId}`);
    expect(rows.map(({ id }) => id)).toEqual(['popular']);
    expect(unavailableSources).toEqual(['catalog']);
  });

  it('limits consecutive calls by one deadline of 2 s, and names a source once if it fails twice', async () => {
    const deadlines: number[] = [];
    edge.user.handlers.listContinueWatching = async (_request, { deadlineAt }) => {
      deadlines.push(deadlineAt);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return { entries: [entry], finished: [] };
    };
    edge.catalog.handlers.listHomeRows = () => new Promise(() => undefined);
    edge.catalog.handlers.batchGetTitles = (_request, { deadlineAt }) => {
      deadlines.push(deadlineAt);
      return new Promise(() => undefined);
    };
    const { rows, unavailableSources } = await getRows(`/v1/home?profileId=${profileId}`);
    const [first = 0, second = Infinity] = deadlines;
    // With a separate deadline, the second call would have one more second.
    expect(second - first).toBeLessThan(900);
    expect(rows).toEqual([]);
    expect(unavailableSources).toEqual(['catalog']);
  });

  it('returns 404 for a profile of another account and 401 without a token', async () => {
    edge.user.handlers.listContinueWatching = () => {
      throw new CodedError('PROFILE_NOT_FOUND');
    };
    expect((await edge.fetch(`/v1/home?profileId=${profileId}`)).status).toBe(404);
    expect((await edge.fetch(`/v1/home?profileId=${profileId}`, { token: null })).status).toBe(401);
  });
});
