import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { getHome, type HomeResponse } from './home.operations.js';

describe('home', () => {
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
      listHomeRows: () => ({ rows: [{ id: 'popular', name: 'Popular', titles: [title] }] }),
      batchGetTitles: () => ({ titles: [title] }),
    };
    edge.user.handlers.listContinueWatching = () => ({ entries: [entry, { ...entry, titleId: randomUUID() }] });
  });
  afterAll(() => edge.stop());

  const home = async (path: string, token?: null): Promise<HomeResponse> => {
    const answer = await edge.fetch(path, { token });
    expect(answer.status).toBe(200);
    return getHome.success.schema.parse(await answer.json());
  };

  it('has the rows of catalog for anybody', async () => {
    const { rows, unavailableSources } = await home('/v1/home', null);
    expect(rows.map(({ id }) => id)).toEqual(['popular']);
    expect(unavailableSources).toEqual([]);
  });

  it('starts with what the profile has not finished, titles that are gone left out', async () => {
    const { rows } = await home(`/v1/home?profileId=${profileId}`);
    expect(rows.map(({ id }) => id)).toEqual(['continue-watching', 'popular']);
    expect(rows[0]?.titles).toMatchObject([{ id: title.id, progress: { positionMs: 90_000, durationMs: 600_000 } }]);
  });

  it('does without user', async () => {
    await home(`/v1/home?profileId=${profileId}`);
    edge.user.stop();
    const { rows, unavailableSources } = await home(`/v1/home?profileId=${profileId}`);
    await edge.user.start();
    expect(rows.map(({ id }) => id)).toEqual(['popular']);
    expect(unavailableSources).toEqual(['user']);
  });

  it('does not wait for a part that hangs', async () => {
    edge.catalog.handlers.listHomeRows = () => new Promise(() => undefined);
    const { rows, unavailableSources } = await home(`/v1/home?profileId=${profileId}`);
    expect(rows.map(({ id }) => id)).toEqual(['continue-watching']);
    expect(unavailableSources).toEqual(['catalog']);
  });

  it("is not a way around the owner's check", async () => {
    edge.user.handlers.listContinueWatching = () => {
      throw new CodedError('PROFILE_NOT_FOUND');
    };
    expect((await edge.fetch(`/v1/home?profileId=${profileId}`)).status).toBe(404);
    expect((await edge.fetch(`/v1/home?profileId=${profileId}`, { token: null })).status).toBe(401);
  });
});
