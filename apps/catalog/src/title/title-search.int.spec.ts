import { newListTitlesRequest, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

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
