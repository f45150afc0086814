import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newCaller, runWithKey } from '@viernes/platform/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from './testing/test-catalog.js';

const SERIES = catalogV1.TitleKind.TITLE_KIND_SERIES;

describe('requests of editors with an idempotency key', () => {
  const editor = newCaller('editor');
  let catalog: TestCatalog;

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  /** Calls a method twice with one key. @returns its response */
  const repeat = async <Response>(call: () => Promise<Response>): Promise<Response> => {
    const key = randomUUID();
    const first = await runWithKey(key, call, editor);
    expect(first.isReplayed).toBe(false);
    expect(await runWithKey(key, call, editor)).toEqual({ ...first, isReplayed: true });
    return first.response;
  };
  const withoutKey = async <Response>(call: () => Promise<Response>): Promise<Response> =>
    (await runWithKey(undefined, call, editor)).response;
  const createSeries = async () => (await catalog.createTitle({ kind: SERIES, name: 'Babylon Berlin' })).id;
  const putSeason = (titleId: string, revision: number | undefined, episodeCount: number) =>
    catalog.client.putSeason({
      titleId,
      number: 1,
      name: '',
      synopsis: '',
      releaseYear: undefined,
      revision,
      restoreEpisodes: false,
      episodes: Array.from({ length: episodeCount }, (_, index) => ({
        number: index + 1,
        name: 'Opening',
        synopsis: '',
        runtimeMinutes: undefined,
        releasedOn: undefined,
      })),
    });
  const listNames = async () =>
    (await catalog.client.listTitles(newListTitlesRequest())).titles.map(({ name }) => name).sort();

  it('creates one title for repeated requests', async () => {
    const { title } = await repeat(() => catalog.client.createTitle({ title: newTitleInput({ name: 'Faust' }) }));
    expect(title).toMatchObject({ name: 'Faust', revision: 1 });
    expect(await listNames()).toEqual(['Faust']);
  });

  it('creates one title for a hundred concurrent requests', async () => {
    const key = randomUUID();
    const create = () => catalog.client.createTitle({ title: newTitleInput({ name: 'Faust' }) });
    await Promise.allSettled(Array.from({ length: 100 }, () => runWithKey(key, create, editor)));
    expect(await listNames()).toEqual(['Faust']);
    expect(await runWithKey(key, create, editor)).toMatchObject({ isReplayed: true });
  });

  it('rejects a request without the role of an editor, even if an editor has sent the same one', async () => {
    const key = randomUUID();
    const create = () => catalog.client.createTitle({ title: newTitleInput() });
    await runWithKey(key, create, editor);
    await expect(runWithKey(key, create, { ...editor, role: 'viewer' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('returns the outcomes of the first import for a repeated one', async () => {
    const title = { ...newTitleInput({ name: 'Faust', externalId: 'films/faust' }) };
    const { results } = await repeat(() => catalog.client.importTitles({ titles: [title], dryRun: false }));
    expect(results.map(({ outcome }) => outcome)).toEqual([catalogV1.ImportOutcome.IMPORT_OUTCOME_CREATED]);
    expect(await listNames()).toEqual(['Faust']);
  });

  it('restores a title once, even if it is deleted again before the request is repeated', async () => {
    const { id: titleId } = await catalog.createTitle();
    const remove = (revision: number) => withoutKey(() => catalog.client.deleteTitle({ titleId, revision }));
    await remove(1);
    const key = randomUUID();
    const restore = () => runWithKey(key, () => catalog.client.restoreTitle({ titleId }), editor);
    const { response } = await restore();
    await remove(response.title?.revision ?? 0);
    expect(await restore()).toEqual({ response, isReplayed: true });
    expect(await listNames()).toEqual([]);
  });

  it('creates and restores a season and an episode once, and returns them as they are stored', async () => {
    const titleId = await createSeries();
    const { season } = await repeat(() => putSeason(titleId, undefined, 2));
    expect(season).toMatchObject({ revision: 1, episodes: [{ number: 1 }, { number: 2 }] });
    await withoutKey(() => putSeason(titleId, 1, 1));
    const { season: withEpisode } = await repeat(() =>
      catalog.client.restoreEpisode({ titleId, seasonNumber: 1, number: 2 }),
    );
    expect(withEpisode?.episodes).toEqual(season?.episodes);
    await withoutKey(() => catalog.client.deleteSeason({ titleId, number: 1, revision: 3 }));
    const { season: restored } = await repeat(() => catalog.client.restoreSeason({ titleId, number: 1 }));
    expect(restored?.episodes).toEqual(season?.episodes);
  });
});
