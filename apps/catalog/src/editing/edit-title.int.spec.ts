import { randomUUID } from 'node:crypto';
import { catalogV1, TitleChangedV1, type catalogEventsV1 } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventReader } from '@viernes/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const { CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR } = catalogV1.CreditRole;
const { CHANGE_ACTION_CREATED, CHANGE_ACTION_DELETED, CHANGE_ACTION_REPLACED, CHANGE_ACTION_RESTORED } =
  catalogV1.ChangeAction;

describe('the editing of a title', () => {
  const editor: Caller = newCaller('editor');
  let catalog: TestCatalog;
  let events: TestEventReader<catalogEventsV1.TitleChanged>;
  const asEditor = <Result>(work: () => Promise<Result>) => runAs(editor, work);
  const replace = async (
    { id, revision }: { id: string; revision: number },
    changes: Partial<catalogV1.TitleInput>,
  ): Promise<catalogV1.Title> => {
    const request = { titleId: id, revision, title: newTitleInput(changes) };
    const { title } = await asEditor(() => catalog.client.replaceTitle(request));
    if (!title) throw new Error('the response contains no title');
    return title;
  };
  const remove = ({ id, revision }: { id: string; revision: number }) =>
    asEditor(() => catalog.client.deleteTitle({ titleId: id, revision }));
  const restore = (titleId: string) => asEditor(() => catalog.client.restoreTitle({ titleId }));
  const listChanges = (titleId: string, pageSize = 0, cursor = '') =>
    asEditor(() => catalog.client.listTitleChanges({ titleId, pageSize, cursor }));
  const listNames = async (query = '') =>
    (await catalog.client.listTitles(newListTitlesRequest({ query }))).titles.map(({ name }) => name);

  beforeAll(async () => {
    [catalog, events] = await Promise.all([startCatalog(), TestEventReader.connect(TitleChangedV1)]);
  });
  afterAll(async () => {
    await Promise.all([events?.close(), catalog?.stop()]);
  });
  beforeEach(() => catalog.clear());

  it('replaces all fields, and keeps the slug unless the request has another one', async () => {
    const created = await catalog.createTitle({ name: 'Nosferatu', synopsis: 'A count.', genres: ['Horror'] });
    const replaced = await replace(created, { name: 'Faust', releaseYear: 1926 });
    expect(replaced).toMatchObject({ name: 'Faust', synopsis: '', genres: [], slug: 'nosferatu', revision: 2 });
    expect(replaced.createdAt).toBe(created.createdAt);
    expect(await catalog.client.getTitle({ titleId: created.id })).toEqual({ title: replaced });
    expect([await listNames('faust'), await listNames('nosferatu')]).toEqual([['Faust'], []]);
    expect((await replace(replaced, { name: 'Faust', slug: 'faust-1926' })).slug).toBe('faust-1926');
  });

  it('returns TITLE_CHANGED for a revision that is not the current one', async () => {
    const created = await catalog.createTitle();
    await replace(created, { name: 'Faust' });
    await expect(replace(created, { name: 'Tartuffe' })).rejects.toMatchObject({ code: 'TITLE_CHANGED' });
    await expect(remove(created)).rejects.toMatchObject({ code: 'TITLE_CHANGED' });
    expect(await listNames()).toEqual(['Faust']);
  });

  it('returns TITLE_KIND_IN_USE for a new kind if a series has seasons or a film has a video', async () => {
    const { TITLE_KIND_FILM, TITLE_KIND_SERIES } = catalogV1.TitleKind;
    const series = await catalog.createTitle({ kind: TITLE_KIND_SERIES });
    const season = { titleId: series.id, number: 1, name: '', synopsis: '', releaseYear: undefined, episodes: [] };
    await asEditor(() => catalog.client.putSeason({ ...season, revision: undefined, restoreEpisodes: false }));
    const film = await catalog.createTitle({ externalId: 'a/film' });
    await catalog.database.query(`INSERT INTO publication VALUES ($1, 'asset', 1000, now())`, [film.id]);
    const inUse = { code: 'TITLE_KIND_IN_USE' };
    await expect(replace(series, { kind: TITLE_KIND_FILM })).rejects.toMatchObject(inUse);
    await expect(replace(film, { kind: TITLE_KIND_SERIES })).rejects.toMatchObject(inUse);
    const titles = [newTitleInput({ kind: TITLE_KIND_SERIES, externalId: 'a/film' })];
    const { results } = await asEditor(() => catalog.client.importTitles({ titles, dryRun: false }));
    expect(results[0]?.problems).toMatchObject([{ path: 'kind', reason: 'kindInUse' }]);
    const empty = await catalog.createTitle();
    expect(await replace(empty, { kind: TITLE_KIND_SERIES })).toMatchObject({ kind: TITLE_KIND_SERIES });
  });

  it('accepts only one of several concurrent changes of a revision', async () => {
    const created = await catalog.createTitle();
    const attempts = ['One', 'Two', 'Three'].map((name) => replace(created, { name }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listChanges(created.id)).changes).toHaveLength(2);
  });

  it('returns an error for an external ID of another title, an unknown person, and an unknown title', async () => {
    await catalog.createTitle({ externalId: 'a/1' });
    const created = await catalog.createTitle({ externalId: 'a/2' });
    await expect(replace(created, { externalId: 'a/1' })).rejects.toMatchObject({ code: 'TITLE_EXISTS' });
    const credits = [{ personId: randomUUID(), name: 'Unknown', role: CREDIT_ROLE_ACTOR }];
    await expect(replace(created, { credits })).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    const unknown = { id: randomUUID(), revision: 1 };
    await expect(replace(unknown, {})).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    await expect(remove(unknown)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    await expect(restore(unknown.id)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    await expect(listChanges(unknown.id)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });

  it('hides a deleted title from every read until it is restored', async () => {
    const created = await catalog.createTitle({ credits: [{ name: 'Max Schreck', role: CREDIT_ROLE_ACTOR }] });
    await remove(created);
    const titleId = created.id;
    await expect(catalog.client.getTitle({ titleId })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    const byEditor = asEditor(() => catalog.client.getTitle({ titleId }));
    await expect(byEditor).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    expect([await listNames(), await listNames('nosferatu')]).toEqual([[], []]);
    expect(await catalog.client.batchGetTitles({ titleIds: [titleId] })).toEqual({ titles: [] });
    await expect(remove({ id: titleId, revision: 2 })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });

    const { title } = await restore(titleId);
    expect(title).toMatchObject({ credits: created.credits, slug: created.slug, revision: 3 });
    expect([await listNames(), await listNames('nosferatu')]).toEqual([['Nosferatu'], ['Nosferatu']]);
    expect(await restore(titleId)).toEqual({ title });
  });

  it('returns a title outside of its availability windows to editors only', async () => {
    const availability = [{ startsAt: '2100-01-01T00:00:00.000Z', endsAt: undefined }];
    const { id, slug } = await catalog.createTitle({ availability });
    for (const titleId of [id, slug]) {
      await expect(catalog.client.getTitle({ titleId })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
      expect(await asEditor(() => catalog.client.getTitle({ titleId }))).toMatchObject({ title: { id } });
    }
  });

  it('lists changes with their editors, newest first, in pages, even for a deleted title', async () => {
    const created = await catalog.createTitle();
    const replaced = await replace(created, { name: 'Faust', genres: ['Drama'] });
    await remove(replaced);
    await restore(created.id);
    await remove({ id: created.id, revision: 4 });
    const pages: catalogV1.Change[][] = [];
    let cursor = '';
    do {
      const page = await listChanges(created.id, 2, cursor);
      pages.push(page.changes);
      cursor = page.nextCursor;
    } while (cursor !== '');
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    const changes = pages.flat();
    expect(changes.map(({ revision, action }) => [revision, action])).toEqual([
      [5, CHANGE_ACTION_DELETED],
      [4, CHANGE_ACTION_RESTORED],
      [3, CHANGE_ACTION_DELETED],
      [2, CHANGE_ACTION_REPLACED],
      [1, CHANGE_ACTION_CREATED],
    ]);
    expect(changes[3]).toMatchObject({
      accountId: editor.accountId,
      fields: [
        { field: 'name', before: '"Nosferatu"', after: '"Faust"' },
        { field: 'genres', after: '["Drama"]' },
      ],
    });
    await expect(listChanges(created.id, 0, 'page-2')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('publishes an event for each change', async () => {
    const created = await catalog.createTitle();
    const replaced = await replace(created, { name: 'Faust' });
    await remove(replaced);
    await restore(created.id);
    await eventually(() => events.received.filter(({ titleId }) => titleId === created.id).length === 4);
  });

  it('returns a person with roles and the number of visible titles', async () => {
    const name = 'Fritz Lang';
    await catalog.createTitle({ credits: [{ name, role: CREDIT_ROLE_DIRECTOR }] });
    const both = [
      { name, role: CREDIT_ROLE_ACTOR },
      { name, role: CREDIT_ROLE_DIRECTOR },
    ];
    await catalog.createTitle({ credits: both });
    const hidden = await catalog.createTitle({ credits: [{ name, role: CREDIT_ROLE_ACTOR }] });
    await remove(hidden);
    const { person } = await catalog.client.getPerson({ personId: 'fritz-lang' });
    expect(person).toEqual({
      id: expect.any(String),
      name,
      slug: 'fritz-lang',
      roles: [CREDIT_ROLE_DIRECTOR, CREDIT_ROLE_ACTOR],
      titleCount: 2,
      revision: 1,
    });
    expect(await catalog.client.getPerson({ personId: person?.id.toUpperCase() ?? '' })).toEqual({ person });
    for (const personId of [randomUUID(), 'unknown', '', '\u0000']) {
      await expect(catalog.client.getPerson({ personId })).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    }
  });

  it('rejects changes by viewers', async () => {
    const { id: titleId } = await catalog.createTitle();
    const calls = [
      () => catalog.client.replaceTitle({ titleId, revision: 1, title: newTitleInput() }),
      () => catalog.client.deleteTitle({ titleId, revision: 1 }),
      () => catalog.client.restoreTitle({ titleId }),
      () => catalog.client.listTitleChanges({ titleId, pageSize: 0, cursor: '' }),
    ];
    for (const call of calls) {
      await expect(runAs(newCaller('viewer'), async () => call())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
