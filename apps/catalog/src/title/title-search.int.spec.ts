import { asCaller, newTitle, page } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

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

describe('searching titles', () => {
  let catalog: TestCatalog;
  const search = async (query: string): Promise<string[]> =>
    (await catalog.client.listTitles(page({ query }))).titles.map(({ name }) => name);

  beforeAll(async () => {
    catalog = await startCatalog();
    for (const name of NAMES) await asCaller('editor', () => catalog.client.createTitle(newTitle({ name })));
  });
  afterAll(() => catalog?.stop());

  it.each([
    ['a word', 'godfather', 'The Godfather'],
    ['two letters swapped', 'godfahter', 'The Godfather'],
    ['a letter missing', 'star wrs', 'Star Wars: Episode IV'],
    ['the beginning of a word', 'godf', 'The Godfather'],
    ['no accents', 'amelie', 'Amélie'],
    ['accents that are not there', 'álïén', 'Alien'],
    ['letters that are not ASCII', 'lodz', 'Łódź, 1905'],
    ['capitals', 'DAS LEBEN', 'Das Leben der Anderen'],
    ['words in another order', 'anderen leben', 'Das Leben der Anderen'],
    ['an apostrophe', "schindler's", "Schindler's List"],
    ['no apostrophe', 'schindlers list', "Schindler's List"],
    ['a wildcard that is part of the name', '100%', '100% Wolf'],
  ])('finds by %s', async (_, query, name) => {
    expect((await search(query))[0]).toBe(name);
  });

  it('puts the name that is all of the query first', async () => {
    expect((await search('alien')).slice(0, 2)).toEqual(['Alien', 'Alien Nation']);
  });

  it.each(['%', '_', '%%%', "' or true --", '\\', '!!', 'zzyzx', '&|!():*'])('finds nothing for %j', async (query) => {
    expect(await search(query)).toEqual([]);
  });

  it('pages by rank without a gap or a repeat, also where ranks are equal', async () => {
    const copies = 12;
    for (let number = 0; number < copies; number += 1) {
      await asCaller('editor', () => catalog.client.createTitle(newTitle({ name: 'Metropolis' })));
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await catalog.client.listTitles(page({ query: 'metropolis', pageSize: 5, cursor }));
      seen.push(...answer.titles.map(({ id }) => id));
      cursor = answer.nextCursor;
    } while (cursor !== '');
    expect(seen).toHaveLength(copies);
    expect(new Set(seen).size).toBe(copies);
  });

  it('refuses the cursor of a list', async () => {
    const { nextCursor } = await catalog.client.listTitles(page({ pageSize: 1 }));
    const mixed = catalog.client.listTitles(page({ query: 'alien', cursor: nextCursor }));
    await expect(mixed).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
