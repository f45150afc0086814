import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { newListTitlesRequest, newTitleInput, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const { IMPORT_OUTCOME_CREATED, IMPORT_OUTCOME_REJECTED, IMPORT_OUTCOME_REPLACED, IMPORT_OUTCOME_UNCHANGED } =
  catalogV1.ImportOutcome;
const { CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR } = catalogV1.CreditRole;

describe('importTitles', () => {
  let catalog: TestCatalog;
  const importTitles = async (titles: Partial<catalogV1.TitleInput>[], dryRun = false) => {
    const request = { titles: titles.map(newTitleInput), dryRun };
    return (await runAs(newCaller('editor'), () => catalog.client.importTitles(request))).results;
  };
  const importOutcomes = async (titles: Partial<catalogV1.TitleInput>[], dryRun = false) =>
    (await importTitles(titles, dryRun)).map(({ outcome }) => outcome);
  const importTitle = async (title: Partial<catalogV1.TitleInput>): Promise<catalogV1.Title> => {
    const [result] = await importTitles([title]);
    return get(result?.titleId);
  };
  const get = async (titleId = ''): Promise<catalogV1.Title> => {
    const { title } = await catalog.client.getTitle({ titleId });
    if (!title) throw new Error('the response contains no title');
    return title;
  };
  const listNames = async (query = '') =>
    (await catalog.client.listTitles(newListTitlesRequest({ query }))).titles.map(({ name }) => name);

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  /** Creates two people with the same name, and returns their IDs. */
  const createNamesakes = async (): Promise<[firstId: string, secondId: string]> => {
    const createActor = async (titleName: string): Promise<string> => {
      const title = await catalog.createTitle({
        name: titleName,
        credits: [{ name: 'Bo Li', role: CREDIT_ROLE_ACTOR }],
      });
      return title.credits[0]?.personId ?? '';
    };
    const firstId = await createActor('One');
    await runAs(newCaller('editor'), () =>
      catalog.client.replacePerson({ personId: firstId, revision: 1, person: { name: 'Bo Li', slug: 'bo-li-actor' } }),
    );
    const secondId = await createActor('Two');
    expect(secondId).not.toBe(firstId);
    return [firstId, secondId];
  };

  it('leaves a title unchanged if its credits are imported without the IDs of people with the same name', async () => {
    const [firstId, secondId] = await createNamesakes();
    const credits = [
      { personId: firstId, name: 'Bo Li', role: CREDIT_ROLE_ACTOR, character: 'Maria' },
      { personId: secondId, name: 'Bo Li', role: CREDIT_ROLE_ACTOR, character: 'Futura' },
      { personId: secondId, name: 'Bo Li', role: CREDIT_ROLE_DIRECTOR },
    ];
    await catalog.createTitle({ externalId: 'a', credits });
    const exported = credits.map(({ personId: _id, ...credit }) => credit);
    expect(await importOutcomes([{ externalId: 'a', credits: exported }])).toEqual([IMPORT_OUTCOME_UNCHANGED]);
  });

  it('leaves equal credits of people with the same name unchanged if only one is imported with an ID', async () => {
    const ids = await createNamesakes();
    const credits = ids.map((personId) => ({ personId, name: 'Bo Li', role: CREDIT_ROLE_ACTOR }));
    await catalog.createTitle({ externalId: 'a', credits });
    for (const [index] of ids.entries()) {
      const imported = credits.map(({ personId, ...credit }, each) =>
        each === index ? { personId, ...credit } : credit,
      );
      expect(await importOutcomes([{ externalId: 'a', credits: imported }])).toEqual([IMPORT_OUTCOME_UNCHANGED]);
    }
  });

  it('matches titles by external ID, and creates, replaces, or leaves them unchanged', async () => {
    const complete = {
      externalId: 'a/1',
      name: 'Metropolis',
      releaseYear: 1927,
      genres: ['Drama'],
      credits: [
        { name: 'Fritz Lang', role: CREDIT_ROLE_DIRECTOR },
        { name: 'Brigitte Helm', role: CREDIT_ROLE_ACTOR, character: 'Maria' },
      ],
      artwork: [
        {
          kind: catalogV1.ArtworkKind.ARTWORK_KIND_POSTER,
          url: '/artwork/metropolis.jpg',
          widthPx: 600,
          heightPx: 900,
          alternativeText: '',
        },
      ],
      availability: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: undefined }],
      addedOn: '2026-06-05',
      score: 8.3,
    };
    const [first] = await importTitles([complete, { externalId: 'a/2' }]);
    expect(first).toMatchObject({ outcome: IMPORT_OUTCOME_CREATED, problems: [] });
    const created = await get(first?.titleId);
    expect(created).toMatchObject({ ...complete, slug: 'metropolis-1927', revision: 1 });

    expect(await importTitles([complete, { externalId: 'a/2', name: 'Nosferatu, a Symphony of Horror' }])).toEqual([
      { outcome: IMPORT_OUTCOME_UNCHANGED, titleId: created.id, problems: [] },
      { outcome: IMPORT_OUTCOME_REPLACED, titleId: expect.any(String), problems: [] },
    ]);
    expect(await get(created.id)).toEqual(created);
    expect(await listNames('symphony')).toEqual(['Nosferatu, a Symphony of Horror']);
    expect(await listNames()).toHaveLength(2);
  });

  it('stores two spellings of a name once per role, so that the next import changes nothing', async () => {
    const credits = [
      { name: "Brian d'Arcy James", role: CREDIT_ROLE_ACTOR },
      { name: 'Brian d’Arcy James', role: CREDIT_ROLE_ACTOR },
      { name: 'Brian D’Arcy James', role: CREDIT_ROLE_DIRECTOR },
    ];
    const title = await importTitle({ externalId: 'a/1', credits });
    expect(title.credits.map(({ role }) => role)).toEqual([CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR]);
    const exported = title.credits.map(({ name, role }) => ({ name, role }));
    expect(await importOutcomes([{ externalId: 'a/1', credits: exported }])).toEqual([IMPORT_OUTCOME_UNCHANGED]);
  });

  it('keeps the artwork and availability that an editor has added', async () => {
    const { id } = await importTitle({ externalId: 'a/1', name: 'Faust' });
    const added = {
      artwork: [{ kind: 1, url: '/artwork/faust.jpg', widthPx: 600, heightPx: 900, alternativeText: '' }],
      availability: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: undefined }],
    };
    const title = newTitleInput({ externalId: 'a/1', name: 'Faust', ...added });
    await runAs(newCaller('editor'), () => catalog.client.replaceTitle({ titleId: id, revision: 1, title }));
    expect(await importOutcomes([{ externalId: 'a/1', name: 'Faust' }])).toEqual([IMPORT_OUTCOME_UNCHANGED]);
    await importTitles([{ externalId: 'a/1', name: 'Faust, a German Folktale' }]);
    expect(await get(id)).toMatchObject({ name: 'Faust, a German Folktale', ...added });
    const availability = [{ startsAt: '2020-01-01T00:00:00.000Z', endsAt: undefined }];
    await importTitles([{ externalId: 'a/1', availability }]);
    expect(await get(id)).toMatchObject({ availability });
  });

  it('records its changes in the history', async () => {
    await importTitles([{ externalId: 'a/1', genres: ['Drama'] }]);
    await importTitles([{ externalId: 'a/1', name: 'Faust' }]);
    const changes = await catalog.database.query<{ action: string; fields: unknown }>(
      `SELECT action, fields FROM change JOIN title t ON resource = 'titles/' || t.id ORDER BY change.revision`,
    );
    expect(changes.map(({ action }) => action)).toEqual(['created', 'replaced']);
    expect(changes[1]?.fields).toEqual([
      { field: 'name', before: '"Nosferatu"', after: '"Faust"' },
      { field: 'genres', before: '["Drama"]' },
    ]);
  });

  it('rejects an invalid title and stores the others', async () => {
    const results = await importTitles([
      { externalId: 'a/1', name: 'Faust' },
      { externalId: 'a/2', name: '', genres: ['Drama', '!!'] },
      { name: 'No external ID' },
      { externalId: 'a/1', name: 'Faust again' },
      { externalId: 'a/3', credits: [{ personId: randomUUID(), name: 'Unknown', role: CREDIT_ROLE_ACTOR }] },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      IMPORT_OUTCOME_CREATED,
      ...Array<number>(4).fill(IMPORT_OUTCOME_REJECTED),
    ]);
    expect(results.slice(1).map(({ titleId }) => titleId)).toEqual(Array(4).fill(undefined));
    expect(results.map(({ problems }) => problems.map(({ path }) => path))).toEqual([
      [],
      ['name', 'genres.1'],
      ['externalId'],
      ['externalId'],
      ['credits.0.personId'],
    ]);
    expect(await listNames()).toEqual(['Faust']);
  });

  it('rejects a title whose external ID belongs to a deleted title', async () => {
    const { id } = await importTitle({ externalId: 'a/1' });
    await catalog.database.query('UPDATE title SET deleted_at = now() WHERE id = $1', [id]);
    const [result] = await importTitles([{ externalId: 'a/1', name: 'Faust' }]);
    expect(result).toEqual({
      outcome: IMPORT_OUTCOME_REJECTED,
      titleId: undefined,
      problems: [{ path: 'externalId', reason: 'deletedExternalId', values: {} }],
    });
    expect(await listNames()).toEqual([]);
  });

  it('returns the same outcomes in a dry run, and changes nothing', async () => {
    const before = await importTitle({ externalId: 'a/1', name: 'Faust' });
    const titles = [
      { externalId: 'a/1', name: 'Faust, a German Folktale' },
      { externalId: 'a/2', credits: [{ name: 'Emil Jannings', role: CREDIT_ROLE_ACTOR }] },
      { externalId: 'a/3', name: '' },
    ];
    const results = await importTitles(titles, true);
    expect(results.map(({ titleId }) => titleId)).toEqual([before.id, undefined, undefined]);
    expect(await get(before.id)).toEqual(before);
    expect(await listNames()).toEqual(['Faust']);
    expect(await catalog.database.query(`SELECT FROM person WHERE slug = 'emil-jannings'`)).toEqual([]);
    expect(await importOutcomes(titles)).toEqual(results.map(({ outcome }) => outcome));
  });

  it('imports 250 titles with 200 credits each', async () => {
    const titles = Array.from({ length: 250 }, (_, index) => ({
      externalId: `a/${index}`,
      credits: Array.from({ length: 200 }, (_unused, credit) => ({
        name: `P${index * 200 + credit}`,
        role: CREDIT_ROLE_ACTOR,
      })),
    }));
    expect(new Set(await importOutcomes(titles))).toEqual(new Set([IMPORT_OUTCOME_CREATED]));
    expect(new Set(await importOutcomes(titles))).toEqual(new Set([IMPORT_OUTCOME_UNCHANGED]));
  });

  it('assigns different slugs to titles with the same name', async () => {
    const results = await importTitles([
      { externalId: 'a/1', name: 'Faust' },
      { externalId: 'a/2', name: 'Faust' },
    ]);
    const slugs = await Promise.all(results.map(async ({ titleId }) => (await get(titleId)).slug));
    expect(slugs).toEqual(['faust', `faust-${results[1]?.titleId?.slice(0, 8)}`]);
    expect(
      await importOutcomes([
        { externalId: 'a/2', name: 'Faust' },
        { externalId: 'a/1', name: 'Faust' },
      ]),
    ).toEqual([IMPORT_OUTCOME_UNCHANGED, IMPORT_OUTCOME_UNCHANGED]);
  });

  it('creates one title per external ID when concurrent imports contain it', async () => {
    const titles = Array.from({ length: 20 }, (_, index) => ({
      externalId: `a/${index}`,
      credits: [{ name: `P${index}`, role: CREDIT_ROLE_ACTOR }],
    }));
    const imports = await Promise.all([titles, titles.toReversed(), titles].map((batch) => importOutcomes(batch)));
    const outcomes = imports.flat();
    expect(outcomes.filter((outcome) => outcome === IMPORT_OUTCOME_CREATED)).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === IMPORT_OUTCOME_UNCHANGED)).toHaveLength(40);
  });

  it('rejects an empty request, more than 250 titles, and viewers', async () => {
    await expect(importTitles([])).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    const tooMany = Array.from({ length: 251 }, (_, index) => ({ externalId: `a/${index}` }));
    await expect(importTitles(tooMany)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    const byViewer = runAs(newCaller('viewer'), () => catalog.client.importTitles({ titles: [], dryRun: false }));
    await expect(byViewer).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
