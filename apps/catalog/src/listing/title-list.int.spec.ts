import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { LANGUAGES } from '@viernes/translations';
import { newListTitlesRequest, startCatalog, type ListFields, type TestCatalog } from '../testing/test-catalog.js';
import { listInOrder } from './title-list.statement.js';

const { TITLE_ORDER_NEWEST, TITLE_ORDER_NAME, TITLE_ORDER_POPULARITY, TITLE_ORDER_SCORE } = catalogV1.TitleOrder;
const ORDERS = [TITLE_ORDER_NEWEST, TITLE_ORDER_NAME, TITLE_ORDER_POPULARITY, TITLE_ORDER_SCORE];

describe('the title list', () => {
  let catalog: TestCatalog;
  const list = async (changes: ListFields): Promise<{ names: string[]; nextCursor: string }> => {
    const { titles, nextCursor } = await catalog.client.listTitles(newListTitlesRequest(changes));
    return { names: titles.map(({ name }) => name), nextCursor };
  };
  const listNames = async (changes: ListFields): Promise<string[]> => (await list(changes)).names;
  const listPages = async (changes: ListFields): Promise<string[][]> => {
    const pages: string[][] = [];
    let cursor = '';
    do {
      const page = await list({ ...changes, cursor });
      pages.push(page.names);
      cursor = page.nextCursor;
    } while (cursor !== '');
    return pages;
  };
  const setViews = (name: string, viewScore: number): Promise<unknown> =>
    catalog.database.query(
      'UPDATE title_popularity p SET view_score = $2, views = 1 FROM title t WHERE t.id = p.title_id AND t.name = $1',
      [name, viewScore],
    );

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  describe('filters', () => {
    let personId: string;
    beforeEach(async () => {
      const role = catalogV1.CreditRole.CREDIT_ROLE_ACTOR;
      const ran = await catalog.createTitle({
        name: 'Ran',
        genres: ['Drama', 'War'],
        credits: [{ name: 'Tatsuya Nakadai', role }],
        countries: ['JP', 'FR'],
        languages: ['ja'],
        releaseYear: 1985,
        maturityRating: 'R',
        runtimeMinutes: 162,
      });
      await catalog.createTitle({
        name: 'Up',
        genres: ['Animation'],
        countries: ['US'],
        languages: ['en', 'pt-BR'],
        releaseYear: 2009,
        maturityRating: 'PG',
        runtimeMinutes: 96,
      });
      await catalog.createTitle({ name: 'Unknown', kind: catalogV1.TitleKind.TITLE_KIND_SERIES });
      const { title } = await catalog.client.getTitle({ titleId: ran.id });
      personId = title?.credits[0]?.personId ?? '';
    });

    it.each<[ListFields, string[]]>([
      [{ kind: catalogV1.TitleKind.TITLE_KIND_FILM }, ['Up', 'Ran']],
      [{ genres: ['War', 'Animation'] }, ['Up', 'Ran']],
      [{ countries: ['FR', 'DE'] }, ['Ran']],
      [{ languages: ['pt-BR'] }, ['Up']],
      [{ languages: ['pt'] }, []],
      [{ releaseYearFrom: 1985, releaseYearTo: 1985 }, ['Ran']],
      [{ releaseYearFrom: 1986 }, ['Up']],
      [{ releaseYearTo: 1984 }, []],
      [{ releaseYearFrom: 2010, releaseYearTo: 1980 }, []],
      [{ maximumAge: 16 }, ['Up']],
      [{ maximumAge: 17 }, ['Up', 'Ran']],
      [{ runtimeMinutesFrom: 96, runtimeMinutesTo: 161 }, ['Up']],
      [{ runtimeMinutesFrom: 97 }, ['Ran']],
      [{ playableOnly: true }, []],
      [{ genres: ['Drama'], countries: ['JP'], languages: ['ja'], maximumAge: 18, runtimeMinutesFrom: 100 }, ['Ran']],
      [{ genres: ['Drama'], languages: ['en'] }, []],
    ])('lists only the titles that match the filter %j', async (filter, names) => {
      for (const order of ORDERS) expect((await listNames({ ...filter, order })).toSorted()).toEqual(names.toSorted());
      expect(await listNames(filter)).toEqual(names);
    });

    it('lists only the titles that credit a person', async () => {
      expect(await listNames({ personId })).toEqual(['Ran']);
      expect(await listNames({ personId: personId.toUpperCase(), order: TITLE_ORDER_SCORE })).toEqual(['Ran']);
      expect(await listNames({ personId: randomUUID() })).toEqual([]);
    });

    it('lists only the titles that credit a person with a role', async () => {
      const { CREDIT_ROLE_ACTOR, CREDIT_ROLE_DIRECTOR } = catalogV1.CreditRole;
      const credits = [{ personId, name: 'Tatsuya Nakadai', role: CREDIT_ROLE_DIRECTOR }];
      await catalog.createTitle({ name: 'Directed', credits });
      expect(await listNames({ personId })).toEqual(['Directed', 'Ran']);
      expect(await listNames({ personId, role: CREDIT_ROLE_DIRECTOR })).toEqual(['Directed']);
      for (const order of ORDERS) {
        expect(await listNames({ personId, role: CREDIT_ROLE_ACTOR, countries: ['JP'], order })).toEqual(['Ran']);
      }
      expect(await listNames({ personId, role: CREDIT_ROLE_DIRECTOR, query: 'nakadai' })).toEqual(['Directed']);
    });

    it('applies all filters to a search', async () => {
      expect(await listNames({ query: 'ran', countries: ['JP'], personId, maximumAge: 18 })).toEqual(['Ran']);
      expect(await listNames({ query: 'ran', countries: ['US'] })).toEqual([]);
    });
  });

  it('orders names by the Unicode collation, with numbers by value', async () => {
    for (const name of ['Zodiac', 'zoo', 'Émile', 'Rocky 10', 'Rocky 2', 'ärger', 'Apple', '東京物語', 'émigré']) {
      await catalog.createTitle({ name });
    }
    const names = ['Apple', 'ärger', 'émigré', 'Émile', 'Rocky 2', 'Rocky 10', 'Zodiac', 'zoo', '東京物語'];
    expect((await listPages({ order: TITLE_ORDER_NAME, pageSize: 2 })).flat()).toEqual(names);
  });

  it('orders titles by views, with those without views last', async () => {
    for (const name of ['None', 'Few', 'Many', 'No one']) await catalog.createTitle({ name });
    await setViews('Few', 2_960.25);
    await setViews('Many', 2_960.5);
    const pages = await listPages({ order: TITLE_ORDER_POPULARITY, pageSize: 1 });
    expect(pages.slice(0, 2)).toEqual([['Many'], ['Few']]);
    expect(pages.slice(2).flat().toSorted()).toEqual(['No one', 'None']);
  });

  it('orders titles by score, newest first if scores are equal, with those without a score last', async () => {
    await catalog.createTitle({ name: 'Unrated' });
    await catalog.createTitle({ name: 'Older', score: 7.1 });
    await catalog.createTitle({ name: 'Worst', score: 0 });
    await catalog.createTitle({ name: 'Newer', score: 7.1 });
    await catalog.createTitle({ name: 'Best', score: 9 });
    const pages = await listPages({ order: TITLE_ORDER_SCORE, pageSize: 1 });
    expect(pages).toEqual([['Best'], ['Newer'], ['Older'], ['Worst'], ['Unrated']]);
  });

  it.each(ORDERS)('lists each title on exactly one page in order %s if all keys are equal', async (order) => {
    for (let number = 0; number < 7; number += 1) await catalog.createTitle({ name: 'Same', score: 5 });
    await catalog.database.query(`UPDATE title SET created_at = '2026-11-20T20:15:00.123Z'`);
    for (const filter of [{}, { kind: catalogV1.TitleKind.TITLE_KIND_FILM }]) {
      const ids: string[] = [];
      let cursor = '';
      do {
        const page = await catalog.client.listTitles(newListTitlesRequest({ ...filter, order, cursor, pageSize: 3 }));
        ids.push(...page.titles.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== '');
      expect(ids).toHaveLength(7);
      expect(new Set(ids).size).toBe(7);
    }
  });

  it.each(ORDERS)(
    'continues after the cursor in order %s if titles are added and deleted between pages',
    async (order) => {
      for (let number = 1; number <= 6; number += 1) {
        await catalog.createTitle({ name: `Part ${number}`, score: number });
        await setViews(`Part ${number}`, number);
      }
      const first = await list({ order, pageSize: 3 });
      const remaining = (await list({ order, cursor: first.nextCursor })).names;
      // The title of the cursor, one before it, and one after it.
      const [before, , last] = first.names;
      await catalog.database.query('UPDATE title SET deleted_at = now() WHERE name = ANY ($1)', [
        [before, last, remaining[0]],
      ]);
      const isAscending = order === TITLE_ORDER_NAME;
      await catalog.createTitle({ name: isAscending ? 'Part 0' : 'Part 7', score: 10 });
      await setViews('Part 7', 7);
      expect((await list({ order, cursor: first.nextCursor })).names).toEqual(remaining.slice(1));
    },
  );

  it.each(ORDERS)('never lists deleted or unavailable titles in order %s', async (order) => {
    for (const name of ['Visible', 'Deleted', 'Past', 'Future', 'Now'])
      await catalog.createTitle({ name, genres: ['Drama'] });
    await catalog.database.query(`UPDATE title SET deleted_at = now() WHERE name = 'Deleted'`);
    const setWindow = (name: string, startsAt: string, endsAt: string) =>
      catalog.database.query('UPDATE title SET availability = $2 WHERE name = $1', [
        name,
        JSON.stringify([{ startsAt, endsAt }]),
      ]);
    await setWindow('Past', '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z');
    await setWindow('Future', '2120-01-01T00:00:00Z', '2120-02-01T00:00:00Z');
    await setWindow('Now', '2020-01-01T00:00:00Z', '2120-01-01T00:00:00Z');
    for (const filter of [{}, { genres: ['Drama'] }]) {
      expect((await listPages({ ...filter, order, pageSize: 1 })).flat().toSorted()).toEqual(['Now', 'Visible']);
    }
  });

  it.each([...ORDERS, undefined])(
    'lists unavailable titles in order %s only to editors that request them',
    async (order) => {
      await catalog.createTitle({ name: 'Visible Heron', genres: ['Drama'] });
      const availability = [{ startsAt: '2999-01-01T00:00:00Z', endsAt: undefined }];
      await catalog.createTitle({ name: 'Future Heron', genres: ['Drama'], availability });
      const { id } = await catalog.createTitle({ name: 'Deleted Heron', genres: ['Drama'], availability });
      const editor = newCaller('editor');
      await runAs(editor, () => catalog.client.deleteTitle({ titleId: id, revision: 1 }));
      for (const filter of [{}, { genres: ['Drama'] }]) {
        const request = { ...filter, ...(order === undefined ? { query: 'heron' } : { order }), includeHidden: true };
        const asEditor = await runAs(editor, () => listNames(request));
        expect(asEditor.toSorted()).toEqual(['Future Heron', 'Visible Heron']);
        expect(await listNames(request)).toEqual(['Visible Heron']);
        expect(await runAs(editor, () => listNames({ ...request, includeHidden: false }))).toEqual(['Visible Heron']);
      }
    },
  );

  it('lists the titles of a rare and of a common genre if many other titles come first in the order', async () => {
    await catalog.database.query(
      `INSERT INTO title (id, kind, name, slug, genres, score)
       SELECT gen_random_uuid(), 'film', 'T' || n, 't-' || n,
         CASE WHEN n <= 5 THEN ARRAY['Opera'] WHEN n <= 4000 THEN ARRAY['Drama'] ELSE ARRAY['War'] END, 10.0 * n / 6000
       FROM generate_series(1, 6000) n`,
    );
    const pages = await listPages({ genres: ['Opera'], order: TITLE_ORDER_SCORE, pageSize: 2 });
    expect(pages).toEqual([['T5', 'T4'], ['T3', 'T2'], ['T1']]);
    const dramas = await list({ genres: ['Drama'], order: TITLE_ORDER_SCORE, pageSize: 2 });
    expect(dramas.names).toEqual(['T4000', 'T3999']);
    const next = await listNames({
      genres: ['Drama'],
      order: TITLE_ORDER_SCORE,
      pageSize: 2,
      cursor: dramas.nextCursor,
    });
    expect(next).toEqual(['T3998', 'T3997']);
  });

  it('sorts names by the rules of the language, and by those of English if there are none', async () => {
    const names = ['Nube', 'Ñandú', 'Nzinga', 'Ojo', 'Zorro', 'Æon', 'Rocky 10', 'Rocky 2'];
    for (const name of names) await catalog.createTitle({ name });
    const order = TITLE_ORDER_NAME;
    const english = ['Æon', 'Ñandú', 'Nube', 'Nzinga', 'Ojo', 'Rocky 2', 'Rocky 10', 'Zorro'];
    const spanish = ['Æon', 'Nube', 'Nzinga', 'Ñandú', 'Ojo', 'Rocky 2', 'Rocky 10', 'Zorro'];
    for (const language of ['en', '', 'tlh']) expect(await listNames({ order, language })).toEqual(english);
    expect(await listNames({ order, language: 'es' })).toEqual(spanish);
    expect((await listPages({ order, language: 'es', pageSize: 3 })).flat()).toEqual(spanish);
    const filtered = { order, language: 'es', genres: ['Drama'], pageSize: 2 };
    await catalog.database.query(`UPDATE title SET genres = '{Drama}'`);
    expect((await listPages(filtered)).flat()).toEqual(spanish);
  });

  it('continues a list in the language of its first page', async () => {
    for (const name of ['Nube', 'Ñandú', 'Ojo', 'Zorro']) await catalog.createTitle({ name });
    const order = TITLE_ORDER_NAME;
    const first = await list({ order, language: 'es', pageSize: 1 });
    const second = await list({ order, language: 'en', pageSize: 1, cursor: first.nextCursor });
    expect([first.names, second.names]).toEqual([['Nube'], ['Ñandú']]);
    expect(await listNames({ order, cursor: second.nextCursor })).toEqual(['Ojo', 'Zorro']);
  });

  it.each(LANGUAGES)('reads a page by name in the language %s from an index', async (language) => {
    await catalog.database.query(
      `INSERT INTO title (id, kind, name, slug) SELECT gen_random_uuid(), 'film', 'T' || n, 't-' || n FROM generate_series(1, 3000) n`,
    );
    await catalog.database.query('ANALYZE title');
    const [first] = (await catalog.client.listTitles(newListTitlesRequest({ order: TITLE_ORDER_NAME }))).titles;
    const after = { order: 'name', language, name: 'T2000', id: first?.id ?? '' } as const;
    for (const cursor of [undefined, after]) {
      const { statement, values = [] } = listInOrder({ order: 'name', language }, {}, cursor, 25) ?? {};
      const plan = await catalog.database.query<Record<string, string>>(`EXPLAIN ${statement?.text}`, [...values]);
      const text = plan.flatMap((row) => Object.values(row)).join('\n');
      expect(text).toContain(`Index Scan using title_by_name_${language}`);
      expect(text).not.toContain('Sort');
    }
  });

  it('rejects a cursor of another order', async () => {
    for (const name of ['One', 'Two']) await catalog.createTitle({ name });
    for (const order of ORDERS) {
      const { nextCursor } = await list({ order, pageSize: 1 });
      expect(nextCursor).not.toBe('');
      for (const other of ORDERS.filter((each) => each !== order)) {
        await expect(list({ order: other, cursor: nextCursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
      }
    }
  });

  it.each<[string, ListFields]>([
    ['order', { query: 'ran', order: TITLE_ORDER_NAME }],
    ['order', { order: 9 as catalogV1.TitleOrder }],
    ['filter.kind', { kind: 9 as catalogV1.TitleKind }],
    ['filter.personId', { personId: 'fritz-lang' }],
    ['filter.role', { role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR }],
    ['filter.role', { role: 9 as catalogV1.CreditRole }],
    ['filter.countries.0', { countries: ['XX'] }],
    ['filter.languages.0', { languages: ['german'] }],
    ['filter.genres', { genres: Array.from({ length: 21 }, (_, number) => `G${number}`) }],
    ['filter.genres.0', { genres: [''] }],
    ['filter.maximumAge', { maximumAge: -1 }],
    ['filter.releaseYearFrom', { releaseYearFrom: 0 }],
  ])('rejects an invalid %s', async (path, changes) => {
    const fieldErrors = [expect.objectContaining({ path })];
    await expect(list(changes)).rejects.toMatchObject({ code: 'REQUEST_INVALID', fieldErrors });
  });
});
