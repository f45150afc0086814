import { randomUUID } from 'node:crypto';
import { catalogV1, PersonChangedV1, TitleChangedV1, type catalogEventsV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventReader } from '@viernes/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const { CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR } = catalogV1.CreditRole;
const { CHANGE_ACTION_CREATED, CHANGE_ACTION_DELETED, CHANGE_ACTION_RESTORED } = catalogV1.ChangeAction;

/** A film by Fritz Lang, who acts in it between two others. */
const CREDITS = [
  { name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR },
  { name: 'Brigitte Helm', role: CREDIT_ROLE_ACTOR, character: 'Maria' },
  { name: 'Fritz Lang', role: CREDIT_ROLE_ACTOR, character: 'A passer-by' },
  { name: 'Alfred Abel', role: CREDIT_ROLE_ACTOR },
];

describe('a person whom an editor creates, deletes, and restores', () => {
  const editor = newCaller('editor');
  let catalog: TestCatalog;
  let titleEvents: TestEventReader<catalogEventsV1.TitleChanged>;
  let personEvents: TestEventReader<catalogEventsV1.PersonChanged>;

  const asEditor = <Result>(work: () => Promise<Result>) => runAs(editor, work);
  const required = (person: catalogV1.Person | undefined): catalogV1.Person => {
    if (!person) throw new Error('the response contains no person');
    return person;
  };
  const get = async (personId: string) => required((await catalog.client.getPerson({ personId })).person);
  const create = async (name: string, slug?: string) =>
    required((await asEditor(() => catalog.client.createPerson({ person: { name, slug } }))).person);
  const remove = ({ id, revision }: catalogV1.Person) =>
    asEditor(() => catalog.client.deletePerson({ personId: id, revision }));
  const restore = async (personId: string) =>
    required((await asEditor(() => catalog.client.restorePerson({ personId }))).person);
  const getTitle = async (titleId: string): Promise<catalogV1.Title> => {
    const { title } = await catalog.client.getTitle({ titleId });
    if (!title) throw new Error('the response contains no title');
    return title;
  };
  const replaceTitle = ({ id, revision }: catalogV1.Title, changes: Partial<catalogV1.TitleInput>) =>
    asEditor(() => catalog.client.replaceTitle({ titleId: id, revision, title: newTitleInput(changes) }));
  const search = async (query: string): Promise<string[]> =>
    (await catalog.client.listTitles(newListTitlesRequest({ query }))).titles.map(({ name }) => name);
  const suggestPeople = async (query: string): Promise<string[]> =>
    (await catalog.client.suggestTitles({ query })).suggestions
      .filter(({ personId }) => personId !== undefined)
      .map(({ name }) => name);
  const listActions = async (personId: string): Promise<[number, catalogV1.ChangeAction][]> => {
    const request = { personId, pageSize: 0, cursor: '' };
    const { changes } = await asEditor(() => catalog.client.listPersonChanges(request));
    return changes.map(({ revision, action }) => [revision, action]);
  };

  beforeAll(async () => {
    [catalog, titleEvents, personEvents] = await Promise.all([
      startCatalog(),
      TestEventReader.connect(TitleChangedV1),
      TestEventReader.connect(PersonChangedV1),
    ]);
  });
  afterAll(() => Promise.all([titleEvents?.close(), personEvents?.close(), catalog?.stop()]));
  beforeEach(() => catalog.clear());

  it('creates a person with a slug that is derived from the name, and credits the person by name', async () => {
    const person = await create('Thea von Harbou');
    expect(person).toMatchObject({ slug: 'thea-von-harbou', roles: [], titleCount: 0, revision: 1 });
    const { credits } = await catalog.createTitle({ credits: [{ name: 'Thea von Harbou', role: CREDIT_ROLE_ACTOR }] });
    expect(credits).toMatchObject([{ personId: person.id }]);
    expect(await listActions(person.id)).toEqual([[1, CHANGE_ACTION_CREATED]]);
  });

  it('does not create a person with the slug of another one', async () => {
    await create('Steve McQueen');
    await expect(create('Steve McQueen')).rejects.toMatchObject({ code: 'PERSON_EXISTS' });
    expect(await create('Steve McQueen', 'steve-mcqueen-1969')).toMatchObject({ name: 'Steve McQueen' });
    expect((await create('!?')).slug).not.toBe('');
  });

  it('removes all credits of a deleted person, and restores them in their order', async () => {
    const { id: titleId } = await catalog.createTitle({ name: 'Metropolis', credits: CREDITS });
    const before = await getTitle(titleId);
    const person = await get('fritz-lang');
    await remove(person);
    await expect(get(person.id)).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    const without = await getTitle(titleId);
    expect(without.directors).toEqual([]);
    expect(without.credits.map(({ name }) => name)).toEqual(['Brigitte Helm', 'Alfred Abel']);
    expect([await search('fritz lang'), await suggestPeople('fritz')]).toEqual([[], []]);

    expect(await restore(person.id)).toEqual({ ...person, revision: 3 });
    expect(await getTitle(titleId)).toEqual({ ...before, revision: 3, updatedAt: expect.any(String) });
    expect([await search('fritz lang'), await suggestPeople('fritz')]).toEqual([['Metropolis'], ['Fritz Lang']]);
    expect(await restore(person.id)).toMatchObject({ revision: 3 });
    expect(await listActions(person.id)).toEqual([
      [3, CHANGE_ACTION_RESTORED],
      [2, CHANGE_ACTION_DELETED],
    ]);
  });

  it('changes the revisions and the histories of the titles of a deleted person', async () => {
    const created = await catalog.createTitle({ name: 'Metropolis', credits: CREDITS });
    const person = await get('fritz-lang');
    await remove(person);
    await expect(replaceTitle(created, { name: 'Metropolis', credits: CREDITS })).rejects.toMatchObject({
      code: 'TITLE_CHANGED',
    });
    const request = { titleId: created.id, pageSize: 1, cursor: '' };
    const { changes } = await asEditor(() => catalog.client.listTitleChanges(request));
    expect(changes).toMatchObject([{ revision: 2, accountId: editor.accountId, fields: [{ field: 'credits' }] }]);
    await eventually(() => titleEvents.received.filter(({ titleId }) => titleId === created.id).length === 2);
    await eventually(() => personEvents.received.some(({ personId }) => personId === person.id));
  });

  it('removes and restores the credits of deleted titles, too', async () => {
    const { id: titleId } = await catalog.createTitle({ name: 'Metropolis', credits: CREDITS });
    await asEditor(() => catalog.client.deleteTitle({ titleId, revision: 1 }));
    const person = await get('fritz-lang');
    await remove(person);
    const { title } = await asEditor(() => catalog.client.restoreTitle({ titleId }));
    expect(title).toMatchObject({ directors: [], credits: [{ name: 'Brigitte Helm' }, { name: 'Alfred Abel' }] });
    await asEditor(() => catalog.client.deleteTitle({ titleId, revision: title?.revision ?? 0 }));
    await restore(person.id);
    const restored = await asEditor(() => catalog.client.restoreTitle({ titleId }));
    expect(restored.title).toMatchObject({ directors: ['Fritz Lang'], credits: CREDITS });
  });

  it('restores a person separately from a newer person with the same name', async () => {
    const titles = ['Metropolis', 'M'];
    for (const name of titles) await catalog.createTitle({ name, externalId: name, credits: CREDITS });
    const deleted = await get('fritz-lang');
    await remove(deleted);
    await replaceTitle(await getTitle('metropolis'), { name: 'Metropolis', credits: CREDITS });
    const created = await get('fritz-lang');
    expect(created).toMatchObject({ titleCount: 1 });
    expect(created.id).not.toBe(deleted.id);

    const restored = await restore(deleted.id);
    expect(restored).toMatchObject({ slug: `fritz-lang-${deleted.id.slice(0, 8)}`, titleCount: 1 });
    const credited = async (slug: string) => (await getTitle(slug)).credits.map(({ personId }) => personId);
    expect(await credited('metropolis')).not.toContain(deleted.id);
    expect((await credited('m')).filter((id) => id === deleted.id)).toHaveLength(2);
    expect(await listActions(deleted.id)).toHaveLength(2);
  });

  it('restores the credits of titles that changed after the deletion', async () => {
    const { id: titleId } = await catalog.createTitle({ credits: CREDITS });
    const person = await get('fritz-lang');
    await remove(person);
    await replaceTitle(await getTitle(titleId), { credits: [{ name: 'Lotte Reiniger', role: CREDIT_ROLE_DIRECTOR }] });
    await restore(person.id);
    expect((await getTitle(titleId)).credits).toMatchObject([
      { name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR },
      { name: 'Lotte Reiniger' },
      { name: 'Fritz Lang', role: CREDIT_ROLE_ACTOR, character: 'A passer-by' },
    ]);
  });

  it('restores only as many credits as the limit of a title allows', async () => {
    const { id: titleId } = await catalog.createTitle({ credits: CREDITS });
    const person = await get('fritz-lang');
    await remove(person);
    const cast = Array.from({ length: 199 }, (_, index) => ({ name: `Extra ${index}`, role: CREDIT_ROLE_ACTOR }));
    await replaceTitle(await getTitle(titleId), { credits: cast });
    await restore(person.id);
    const title = await getTitle(titleId);
    expect(title.credits).toHaveLength(200);
    expect(title.credits[0]).toMatchObject({ name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR });
    // An editor can still save the title with all of its credits.
    const replaced = await replaceTitle(title, { name: 'Metropolis', credits: title.credits });
    expect(replaced.title?.credits).toHaveLength(200);
  });

  it('deletes a person once for several concurrent requests', async () => {
    await catalog.createTitle({ credits: CREDITS });
    const person = await get('fritz-lang');
    const rename = () => {
      const request = { personId: person.id, revision: 1, person: { name: 'Friedrich Lang', slug: undefined } };
      return asEditor(() => catalog.client.replacePerson(request));
    };
    const results = await Promise.allSettled([remove(person), rename(), remove(person), rename()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('rejects another revision, a person that does not exist, and a credit of a deleted person', async () => {
    const title = await catalog.createTitle({ credits: CREDITS });
    const person = await get('fritz-lang');
    await expect(remove({ ...person, revision: 2 })).rejects.toMatchObject({ code: 'PERSON_CHANGED' });
    const notFound = { code: 'PERSON_NOT_FOUND' };
    await expect(remove({ ...person, id: randomUUID() })).rejects.toMatchObject(notFound);
    await expect(restore(randomUUID())).rejects.toMatchObject(notFound);
    await remove(person);
    await expect(remove({ ...person, revision: 2 })).rejects.toMatchObject(notFound);
    const credits = [{ name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR, personId: person.id }];
    await expect(replaceTitle({ ...title, revision: 2 }, { credits })).rejects.toMatchObject(notFound);
  });

  it('deletes a person from hundreds of titles', async () => {
    const { id } = await catalog.createTitle({ credits: CREDITS });
    await catalog.database.query(
      `INSERT INTO title SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'slug', n))).*
       FROM title t, generate_series(1, 600) n WHERE t.id = $1`,
      [id],
    );
    await catalog.database.query(
      `INSERT INTO credit SELECT (jsonb_populate_record(c, jsonb_build_object('title_id', t.id))).*
       FROM credit c, title t WHERE c.title_id = $1 AND t.id <> $1`,
      [id],
    );
    const person = await get('fritz-lang');
    expect(person.titleCount).toBe(601);
    await remove(person);
    expect(await catalog.database.query(`SELECT FROM title WHERE directors <> '{}'`)).toEqual([]);
    expect(await restore(person.id)).toMatchObject({ titleCount: 601 });
  });
});
