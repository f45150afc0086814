import { randomUUID } from 'node:crypto';
import { catalogV1, PersonChangedV1, TitleChangedV1, type catalogEventsV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventReader } from '@viernes/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const { CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR } = catalogV1.CreditRole;

describe('the editing of a person', () => {
  let catalog: TestCatalog;
  let events: TestEventReader<catalogEventsV1.TitleChanged>;
  let peopleEvents: TestEventReader<catalogEventsV1.PersonChanged>;
  const get = async (personId: string): Promise<catalogV1.Person> => {
    const { person } = await catalog.client.getPerson({ personId });
    if (!person) throw new Error('the response contains no person');
    return person;
  };
  const replace = async ({ id, revision }: catalogV1.Person, person: { name: string; slug?: string }) => {
    const request = { personId: id, revision, person: { slug: undefined, ...person } };
    return (await runAs(newCaller('editor'), () => catalog.client.replacePerson(request))).person;
  };
  const search = async (query: string): Promise<string[]> =>
    (await catalog.client.listTitles(newListTitlesRequest({ query }))).titles.map(({ name }) => name);

  beforeAll(async () => {
    [catalog, events, peopleEvents] = await Promise.all([
      startCatalog(),
      TestEventReader.connect(TitleChangedV1),
      TestEventReader.connect(PersonChangedV1),
    ]);
  });
  afterAll(async () => {
    await Promise.all([events?.close(), peopleEvents?.close(), catalog?.stop()]);
  });
  beforeEach(() => catalog.clear());

  it('changes the name in titles, search, and events', async () => {
    const credits = [
      { name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR },
      { name: 'Thea von Harbou', role: CREDIT_ROLE_DIRECTOR },
    ];
    const { id } = await catalog.createTitle({ name: 'Metropolis', credits });
    await eventually(() => events.received.filter(({ titleId }) => titleId === id).length === 1);
    const renamed = await replace(await get('fritz-lang'), { name: 'Friedrich Lang' });
    expect(renamed).toMatchObject({ name: 'Friedrich Lang', slug: 'friedrich-lang', revision: 2, titleCount: 1 });
    expect(await get('friedrich-lang')).toEqual(renamed);
    const { title } = await catalog.client.getTitle({ titleId: id });
    expect(title?.directors).toEqual(['Friedrich Lang', 'Thea von Harbou']);
    expect(title?.credits[0]?.name).toBe('Friedrich Lang');
    expect([await search('friedrich'), await search('fritz lang')]).toEqual([['Metropolis'], []]);
    await eventually(() => events.received.filter(({ titleId }) => titleId === id).length === 2);
    await eventually(() => peopleEvents.received.some(({ personId }) => personId === renamed?.id));
  });

  it('separates two people with the same name by their slugs', async () => {
    const credits = [{ name: 'Steve McQueen', role: CREDIT_ROLE_ACTOR }];
    const bullitt = await catalog.createTitle({ name: 'Bullitt', credits });
    const actor = await get('steve-mcqueen');
    await replace(actor, { name: 'Steve McQueen', slug: 'steve-mcqueen-1930' });
    await catalog.createTitle({ name: 'Shame', credits });
    expect((await get('steve-mcqueen')).id).not.toBe(actor.id);
    expect((await get('steve-mcqueen-1930')).id).toBe(actor.id);

    const request = { titleId: bullitt.id, revision: 1, title: newTitleInput({ name: 'Bullitt', credits }) };
    const { title } = await runAs(newCaller('editor'), () => catalog.client.replaceTitle(request));
    expect(title?.credits[0]?.personId).toBe(actor.id);
  });

  it('keeps a slug that an editor has chosen when the name changes', async () => {
    await catalog.createTitle({ credits: [{ name: 'Bela Lugosi', role: CREDIT_ROLE_ACTOR }] });
    await replace(await get('bela-lugosi'), { name: 'Bela Lugosi', slug: 'dracula' });
    expect(await replace(await get('dracula'), { name: 'Béla Lugosi' })).toMatchObject({
      slug: 'dracula',
      revision: 3,
    });
  });

  it('lists the changes of a person, newest first', async () => {
    await catalog.createTitle({ credits: [{ name: 'Bela Lugosi', role: CREDIT_ROLE_ACTOR }] });
    const person = await get('bela-lugosi');
    const listChanges = async (personId: string) => {
      const request = { personId, pageSize: 0, cursor: '' };
      return (await runAs(newCaller('editor'), () => catalog.client.listPersonChanges(request))).changes;
    };
    expect(await listChanges(person.id)).toEqual([]);
    const slug = 'dracula';
    const renamed = await replace(person, { name: 'Bela Lugosi', slug });
    await replace(renamed ?? person, { name: 'Bela Lugosi', slug });
    await replace(renamed ?? person, { name: 'Béla Lugosi' });
    expect(await listChanges(person.id)).toMatchObject([
      { revision: 3, fields: [{ field: 'name', before: '"Bela Lugosi"', after: '"Béla Lugosi"' }] },
      { revision: 2, fields: [{ field: 'slug', before: '"bela-lugosi"', after: '"dracula"' }] },
    ]);
    await expect(listChanges(randomUUID())).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
  });

  it('renames a person who is credited in hundreds of titles', async () => {
    const { id } = await catalog.createTitle({ credits: [{ name: 'Mel Blanc', role: CREDIT_ROLE_ACTOR }] });
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
    expect(await replace(await get('mel-blanc'), { name: 'Melvin Blanc' })).toMatchObject({ titleCount: 601 });
    expect(await search('melvin')).toHaveLength(24);
  });

  it('rejects the slug of another person, another revision, an unknown person, and viewers', async () => {
    const credits = ['Emil Jannings', 'Camilla Horn'].map((name) => ({ name, role: CREDIT_ROLE_ACTOR }));
    await catalog.createTitle({ credits });
    const person = await get('emil-jannings');
    const { name } = person;
    await expect(replace(person, { name, slug: 'camilla-horn' })).rejects.toMatchObject({ code: 'PERSON_EXISTS' });
    await replace(person, { name: 'Theodor Janenz' });
    await expect(replace(person, { name })).rejects.toMatchObject({ code: 'PERSON_CHANGED' });
    const unknown = { ...person, id: randomUUID() };
    await expect(replace(unknown, { name })).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    const request = { personId: person.id, revision: 2, person: { name, slug: undefined } };
    const byViewer = runAs(newCaller('viewer'), () => catalog.client.replacePerson(request));
    await expect(byViewer).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
