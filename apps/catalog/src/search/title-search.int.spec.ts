import { catalogV1 } from '@viernes/contracts';
import { Reads, Transactions } from '@viernes/database';
import { viewScore } from '../popularity/popularity.js';
import { PopularityRepository } from '../popularity/popularity.repository.js';
import { newListTitlesRequest, startCatalog, type ListFields, type TestCatalog } from '../testing/test-catalog.js';
import { SearchWordsRepository } from './search-words.repository.js';
import type { WordsColumn } from './title-match.statement.js';
import { TextFolding } from './text-folding.js';
import { TitleSearchRepository } from './title-search.repository.js';

const NAMES = [
  'The Godfather',
  'The Godfather: Part II',
  'Amélie',
  'Alien',
  'Alien Nation',
  'Aliens of the Deep',
  'Star Wars: Episode IV',
  'Das Leben der Anderen',
  'Łódź, 1905',
  '100% Wolf',
  "Schindler's List",
];

describe('title search', () => {
  let catalog: TestCatalog;
  const search = async (query: string): Promise<string[]> =>
    (await catalog.client.listTitles(newListTitlesRequest({ query }))).titles.map(({ name }) => name);

  beforeAll(async () => {
    catalog = await startCatalog();
    for (const name of NAMES) await catalog.createTitle({ name });
  });
  afterAll(() => catalog?.stop());

  it.each([
    ['a word', 'godfather', 'The Godfather'],
    ['swapped letters', 'godfahter', 'The Godfather'],
    ['a missing letter', 'star wrs', 'Star Wars: Episode IV'],
    ['a missing first letter', '100 olf', '100% Wolf'],
    ['another first letter', '100 qolf', '100% Wolf'],
    ['swapped first letters', '100 owlf', '100% Wolf'],
    ['a missing space', 'starwars', 'Star Wars: Episode IV'],
    ['a missing space in the last words', 'das lebender anderen', 'Das Leben der Anderen'],
    ['a prefix of a word', 'godf', 'The Godfather'],
    ['letters without their accents', 'amelie', 'Amélie'],
    ['extra accents', 'álïén', 'Alien'],
    ['ASCII letters for other letters', 'lodz', 'Łódź, 1905'],
    ['capital letters', 'DAS LEBEN', 'Das Leben der Anderen'],
    ['words in a different order', 'anderen leben', 'Das Leben der Anderen'],
    ['an apostrophe', "schindler's", "Schindler's List"],
    ['a missing apostrophe', 'schindlers list', "Schindler's List"],
    ['a wildcard character in the name', '100%', '100% Wolf'],
  ])('finds a title by %s', async (_, query, name) => {
    expect((await search(query))[0]).toBe(name);
  });

  it('ranks the name that equals the query first', async () => {
    expect((await search('alien')).slice(0, 2)).toEqual(['Alien', 'Alien Nation']);
  });

  it('ranks names that start with the query before other names, and those by score, then by length', async () => {
    const copies = [
      { name: 'Return of the Kraken', score: 9 },
      { name: 'Kraken Rising', score: 2 },
      { name: 'Kraken Dawn', score: 6 },
      { name: 'A Kraken', score: 7 },
      { name: 'The Kraken', score: 7 },
    ];
    for (const copy of copies) await catalog.createTitle(copy);
    expect(await search('kraken')).toEqual([
      'Kraken Dawn',
      'Kraken Rising',
      'Return of the Kraken',
      'A Kraken',
      'The Kraken',
    ]);
  });

  it('ranks names with similar words after names with all words, on later pages too', async () => {
    for (const name of ['Wizard Academy', 'Wizard Wars', 'Lizard Wars', 'Wizards']) await catalog.createTitle({ name });
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await catalog.client.listTitles(newListTitlesRequest({ query: 'wizard', pageSize: 1, cursor }));
      names.push(...page.titles.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== '');
    expect(names).toEqual(['Wizards', 'Wizard Wars', 'Wizard Academy', 'Lizard Wars']);
  });

  it('ranks the more popular title first among equal matches', async () => {
    await catalog.createTitle({ name: 'Sleeper One', score: 9 });
    const { id } = await catalog.createTitle({ name: 'Sleeper Two', score: 5 });
    const popularity = catalog.get(PopularityRepository);
    await catalog.get(Transactions).run((tx) => popularity.addView(tx, id, viewScore(new Date())));
    expect(await search('sleeper')).toEqual(['Sleeper Two', 'Sleeper One']);
  });

  it('applies filters to all matches of a query', async () => {
    const kind = catalogV1.TitleKind.TITLE_KIND_SERIES;
    await catalog.createTitle({ name: 'Orchid', genres: ['Drama'] });
    const { id } = await catalog.createTitle({ name: 'Orchid Street', kind, genres: ['Comedy'] });
    await catalog.database.query(`INSERT INTO publication VALUES ($1, 'asset', 1000, now())`, [id]);
    const list = async (changes: ListFields, query = 'orchid') =>
      (await catalog.client.listTitles(newListTitlesRequest({ query, ...changes }))).titles.map(({ name }) => name);
    expect(await list({})).toEqual(['Orchid', 'Orchid Street']);
    expect(await list({ kind })).toEqual(['Orchid Street']);
    expect(await list({ genres: ['Drama'] })).toEqual(['Orchid']);
    expect(await list({ playableOnly: true })).toEqual(['Orchid Street']);
    expect(await list({ playableOnly: true, genres: ['Comedy'], kind }, 'ohrcid')).toEqual(['Orchid Street']);
  });

  it('finds words with a beginning that many words have', async () => {
    const words = Array.from({ length: 25 }, (_, index) => `Xylo${String.fromCodePoint(97 + index)}`);
    await catalog.createTitle({ name: words.slice(0, 24).join(' ') });
    await catalog.createTitle({ name: `Last ${String(words[24])}` });
    expect(await search('xylo')).toHaveLength(2);
    expect(await search('last xylo')).toEqual(['Last Xyloy']);
  });

  it('finds no title if no title contains one of the words or a similar one', async () => {
    expect(await search('godfather qqqqqqqq')).toEqual([]);
  });

  describe('with more matches than it sorts', () => {
    const MATCHES = 1_600;
    beforeAll(async () => {
      await catalog.get(Transactions).run(async (tx) => {
        const rows = await tx.query<{ id: string }[]>(
          `INSERT INTO title (id, kind, name, slug, score)
           SELECT gen_random_uuid(), 'film', 'Quartz Zwitterion ' || n, 'quartz-' || n, n % 10
           FROM generate_series(1, ${MATCHES}) n RETURNING id`,
        );
        await catalog.get(TitleSearchRepository).put(
          tx,
          rows.map(({ id }) => id),
        );
      });
    });

    it.each(['quartz', 'zwitterion', 'zw', 'quartz zw'])(
      'pages through the matches of %j without a missing or repeated title',
      async (query) => {
        const titles: catalogV1.Title[] = [];
        let cursor = '';
        do {
          const page = await catalog.client.listTitles(newListTitlesRequest({ query, pageSize: 100, cursor }));
          titles.push(...page.titles);
          cursor = page.nextCursor;
        } while (cursor !== '');
        expect(new Set(titles.map(({ id }) => id)).size).toBe(MATCHES);
        expect(titles).toHaveLength(MATCHES);
        const scores = titles.map(({ score }) => score ?? 0);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      },
    );
  });

  it('finds titles by the names of people and words of the synopsis, after matches of the name', async () => {
    const directedBy = (name: string) => [{ name, role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR }];
    await catalog.createTitle({ name: 'Shining Path', synopsis: 'A writer named Zamboni loses his mind.' });
    await catalog.createTitle({ name: 'Hotel Winter', credits: directedBy('Tiziana Zamboni') });
    await catalog.createTitle({ name: 'The Zamboni' });
    await catalog.createTitle({ name: 'Zambonis', credits: directedBy('Anyone') });
    expect(await search('zamboni')).toEqual(['Zambonis', 'The Zamboni', 'Hotel Winter', 'Shining Path']);
    expect(await search('tiziana zamb')).toEqual(['Hotel Winter']);
    expect(await search('winter zamboni')).toEqual(['Hotel Winter']);
    expect(await search('writer path mind')).toEqual(['Shining Path']);
    expect(await search('tizaina zanboni')).toEqual(['Hotel Winter']);
  });

  it('returns each match once on pages of one title across all kinds of matches', async () => {
    const director = { name: 'Ottokar Vrubel', role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR };
    for (const number of [1, 2, 3]) {
      await catalog.createTitle({ name: `Vrubel ${number}`, synopsis: 'Vrubel', credits: [director] });
      await catalog.createTitle({ name: `Painter ${number}`, synopsis: 'Vrubel', credits: [director] });
      await catalog.createTitle({ name: `Canvas ${number}`, synopsis: 'About Vrubel' });
      await catalog.createTitle({ name: `Vrubal ${number}` });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await catalog.client.listTitles(newListTitlesRequest({ query: 'vrubel', pageSize: 1, cursor }));
      seen.push(...page.titles.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== '');
    const kinds = seen.map((name) => name.split(' ')[0]);
    expect(kinds).toEqual(['Vrubel', 'Painter', 'Canvas', 'Vrubal'].flatMap((kind) => [kind, kind, kind]));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('fills pages with available titles, and finds no deleted ones', async () => {
    const past = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2021-01-01T00:00:00Z' };
    const current = { startsAt: '2020-01-01T00:00:00Z', endsAt: undefined };
    await catalog.createTitle({ name: 'Xylograph', score: 9, availability: [past] });
    await catalog.createTitle({ name: 'Xylograph', score: 8, availability: [past, current] });
    await catalog.createTitle({ name: 'Xylograph', score: 7 });
    const { id } = await catalog.createTitle({ name: 'Xylograph', score: 10 });
    const list = (cursor = '') =>
      catalog.client.listTitles(newListTitlesRequest({ query: 'xylograph', pageSize: 1, cursor }));
    expect((await list()).titles.map(({ score }) => score)).toEqual([10]);
    await catalog.get(Transactions).run(async (tx) => {
      await tx.query('UPDATE title SET deleted_at = now() WHERE id = $1', [id]);
      await catalog.get(TitleSearchRepository).put(tx, [id]);
    });
    const first = await list();
    const second = await list(first.nextCursor);
    expect([...first.titles, ...second.titles].map(({ score }) => score)).toEqual([8, 7]);
    expect(second.nextCursor).toBe('');
  });

  it.each([
    ['ñ as n', 'senos si hay paraiso', 'Sin senos sí hay paraíso'],
    ['ñ in the query', 'ñandú', 'El Nandu'],
    ['an accent as a separate character', 'paraíso'.normalize('NFD'), 'Sin senos sí hay paraíso'],
    ['a part of a Japanese name', 'ハットリ', '忍者ハットリくん'],
    ['the last character of a Japanese name', 'ん', '忍者ハットリくん'],
    ['one character inside a Japanese name', '者', '忍者ハットリくん'],
    ['two characters inside a Japanese name', '者ハ', '忍者ハットリくん'],
    ['half-width katakana', 'ﾊｯﾄﾘ', '忍者ハットリくん'],
    ['hiragana for katakana', 'にん はっとり', 'にんじゃ ハットリ'],
    ['full-width letters', 'ＡＬＩＥＮ', 'Alien'],
    ['a part of a Chinese name', '儿子', '海的儿子'],
    ['the beginning of a Korean word', '반드시 잡', '반드시 잡는다'],
    ['a Thai name', 'แผนร้าย', 'แผนร้ายนายเจ้าเล่ห์'],
    ['an Arabic word', 'القاهرة', 'دفعة القاهرة'],
    ['heh for teh marbuta', 'دفعه القاهره', 'دفعة القاهرة'],
    ['Arabic vowel marks', 'يَوْمُ الدِّين', 'يوم الدين'],
    ['a tatweel', 'اشتبـــاك', 'اشتباك'],
    ['alef with a hamza', 'ألف مبروك', 'الف مبروك'],
    ['alef maksura for yeh', 'ليالى اوجيني', 'ليالي أوجيني'],
  ])('finds a title by %s', async (_, query, name) => {
    if ((await search(name)).at(0) !== name) await catalog.createTitle({ name });
    expect((await search(query))[0]).toBe(name);
  });

  it('folds Latin letters in memory as the database does', async () => {
    const codes = Array.from({ length: 0x250 - 0xc0 }, (_, index) => 0xc0 + index);
    const letters = codes.map((code) => String.fromCodePoint(code)).join('');
    const texts = [letters, [...letters].map((letter) => `A${letter}b`).join(''), `${letters.toUpperCase()} 東京`];
    const rows = await catalog.database.query<{ folded: string }>(
      'SELECT fold_text(text) AS folded FROM unnest($1::text[]) text',
      [texts],
    );
    const folded = await catalog.get(TextFolding).foldAll(texts);
    expect([...folded.values()]).toEqual(rows.map((row) => row.folded));
  });

  it('finds no name that has only some of the Japanese characters, or has them in another order', async () => {
    await catalog.createTitle({ name: '東京物語' });
    expect(await search('京都')).toEqual([]);
    expect(await search('物東')).toEqual([]);
    expect(await search('京物')).toEqual(['東京物語']);
  });

  it('highlights the matches in the name, the people, and the synopsis', async () => {
    const credits = ['Björk Þórsdóttir', 'Anyone'].map((name) => ({
      name,
      role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR,
    }));
    await catalog.createTitle({ name: 'Bjørk: The Quest', synopsis: 'A björkan quest, questioned.', credits });
    const highlight = async (query: string) =>
      (await catalog.client.listTitles(newListTitlesRequest({ query }))).highlights[0];
    expect(await highlight('bjork quest')).toEqual({
      name: ['', 'Bjørk', ': The ', 'Quest'],
      people: ['', 'Björk', ' Þórsdóttir'],
      synopsis: ['A björkan ', 'quest', ', ', 'questioned', '.'],
    });
    expect(await highlight('qeust björk')).toMatchObject({ name: ['', 'Bjørk', ': The ', 'Quest'] });
    await catalog.createTitle({ name: '大阪ドラゴン街' });
    expect(await highlight('ﾄﾞﾗｺﾞﾝ')).toEqual({ name: ['大阪', 'ドラゴン', '街'], people: [], synopsis: [] });
    expect(await highlight('街')).toMatchObject({ name: ['大阪ドラゴン', '街'] });
    expect((await catalog.client.listTitles(newListTitlesRequest())).highlights).toEqual([]);
  });

  it('suggests names of titles and people for the beginning of a word', async () => {
    const credits = [{ name: 'Wilhelmina Quillfeather', role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR }];
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9])
      await catalog.createTitle({ name: `Quill ${number}`, score: number });
    await catalog.createTitle({ name: 'Porcupine', credits });
    await catalog.createTitle({ name: 'Porcupine', credits });
    const suggest = async (query: string) =>
      (await catalog.client.suggestTitles({ query })).suggestions.map(({ name }) => name);
    expect(await suggest('quil')).toEqual([
      ...[9, 8, 7, 6, 5, 4, 3].map((number) => `Quill ${number}`),
      'Wilhelmina Quillfeather',
    ]);
    expect(await suggest('PORC')).toEqual(['Porcupine', 'Porcupine']);
    expect(await suggest('wilhelmina q')).toEqual(['Wilhelmina Quillfeather']);
    expect(await suggest('porcupine wilhelmina')).toEqual([]);
    expect(await suggest('zzyzx')).toEqual([]);
    const { suggestions } = await catalog.client.suggestTitles({ query: 'wilhelm' });
    expect(suggestions).toEqual([{ name: 'Wilhelmina Quillfeather', personId: expect.any(String) as string }]);
    await expect(catalog.client.suggestTitles({ query: '' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('suggests each of several titles with one name, the most prominent first', async () => {
    for (const [score, releaseYear] of [
      [4, 1977],
      [9, 2018],
    ])
      await catalog.createTitle({ name: 'Zuspiria', score, releaseYear });
    const { suggestions } = await catalog.client.suggestTitles({ query: 'zuspiria' });
    expect(suggestions.map(({ releaseYear }) => releaseYear)).toEqual([2018, 1977]);
  });

  it('suggests names with similar words if no name contains all words', async () => {
    const credits = [{ name: 'Ottoline Vandermeer', role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR }];
    await catalog.createTitle({ name: 'Marmalade Skies', credits });
    const suggest = async (query: string) =>
      (await catalog.client.suggestTitles({ query })).suggestions.map(({ name }) => name);
    expect(await suggest('marmelade')).toEqual(['Marmalade Skies']);
    expect(await suggest('marmelade sk')).toEqual(['Marmalade Skies']);
    expect(await suggest('otoline vandermer')).toEqual(['Ottoline Vandermeer']);
    expect(await suggest('marmelade vandermeer')).toEqual([]);
  });

  it.each(['%', '_', '%%%', "' OR true --", '\\', '!!', 'zzyzx', '&|!():*'])('finds nothing for %j', async (query) => {
    expect(await search(query)).toEqual([]);
  });

  it('returns every match on exactly one page when ranks are equal', async () => {
    const copies = 12;
    for (let number = 0; number < copies; number += 1) {
      await catalog.createTitle({ name: 'Metropolis' });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const response = await catalog.client.listTitles(
        newListTitlesRequest({ query: 'metropolis', pageSize: 5, cursor }),
      );
      seen.push(...response.titles.map(({ id }) => id));
      cursor = response.nextCursor;
    } while (cursor !== '');
    expect(seen).toHaveLength(copies);
    expect(new Set(seen).size).toBe(copies);
  });

  it('returns CURSOR_INVALID for a cursor of the title list', async () => {
    const { nextCursor } = await catalog.client.listTitles(newListTitlesRequest({ pageSize: 1 }));
    const mixed = catalog.client.listTitles(newListTitlesRequest({ query: 'alien', cursor: nextCursor }));
    await expect(mixed).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

describe('title search with statistics about common words', () => {
  let catalog: TestCatalog;
  beforeAll(async () => {
    catalog = await startCatalog();
    const others = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh'].map((number) => `The ${number}`);
    for (const name of ['Narwhal', 'The Narwhal', 'The Nameless']) await catalog.createTitle({ name });
    for (const name of others) await catalog.createTitle({ name, genres: ['Nature'] });
    await catalog.database.query('ANALYZE title_search');
  });
  afterAll(() => catalog?.stop());

  it('knows the words that many titles contain, and estimates in which columns many titles contain all words', async () => {
    const findStatistics = async (titles: number) => {
      await catalog.database.query(`UPDATE pg_class SET reltuples = $1 WHERE oid = 'title_search'::regclass`, [titles]);
      return new SearchWordsRepository(catalog.get(Reads)).getStatistics();
    };
    const { common, findColumnsWithManyMatches } = await findStatistics(8_000);
    expect(common).toEqual(new Set(['the', 'narwhal']));
    // 9 of 10 titles contain "the", and 2 contain "narwhal". The words of a name are not independent.
    expect(findColumnsWithManyMatches(['the'])).toEqual(new Set(['name_words', 'people_words', 'all_words']));
    expect(findColumnsWithManyMatches(['the', 'narw'])).toEqual(new Set(['name_words', 'people_words']));
    expect(findColumnsWithManyMatches(['the', 'unknown'])).toEqual(new Set());
    expect(findColumnsWithManyMatches(['the'], ['Nature'])).toEqual(findColumnsWithManyMatches(['the']));
    expect(findColumnsWithManyMatches(['the'], ['Opera'])).toEqual(new Set());
    expect((await findStatistics(1_600)).findColumnsWithManyMatches(['the'])).toEqual(new Set());
  });

  describe.each([
    ['few', new Set<WordsColumn>()],
    ['many', new Set<WordsColumn>(['name_words', 'people_words', 'all_words'])],
  ])('that expect %s matches', (_, commonIn) => {
    beforeAll(async () => {
      const searchWords = catalog.get(SearchWordsRepository);
      const statistics = await searchWords.getStatistics();
      vi.spyOn(searchWords, 'getStatistics').mockResolvedValue({
        ...statistics,
        findColumnsWithManyMatches: () => commonIn,
      });
    });
    afterAll(() => void vi.restoreAllMocks());

    it.each([
      ['the narwhal', ['The Narwhal']],
      ['narwhal the', ['The Narwhal']],
      ['the na', ['The Narwhal', 'The Nameless']],
      ['the fi', ['The First', 'The Fifth']],
    ])('finds the titles with all words of %j', async (query, names) => {
      const { titles } = await catalog.client.listTitles(newListTitlesRequest({ query }));
      expect(titles.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    });
  });
});
