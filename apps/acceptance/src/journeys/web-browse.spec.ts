import { openUserPerTest } from '../support/browser-user.js';
import { eventually } from '../support/eventually.js';
import { Editor } from '../support/editor.js';
import { unique, uniqueWord } from '../support/unique.js';

describe('the browse page', () => {
  const user = openUserPerTest();
  const genre = unique('Noir');
  const [early, late, series] = [`Alpha ${uniqueWord()}`, `Beta ${uniqueWord()}`, `Gamma ${uniqueWord()}`] as const;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    const genres = [genre];
    await editor.createTitle(late, { genres, releaseYear: 1995, maturityRating: 'R', countries: ['JP'] });
    await editor.createTitle(series, { kind: 'series', genres, releaseYear: 2001, maturityRating: 'TV-G' });
    await editor.createTitle(early, { genres, releaseYear: 1927, countries: ['DE'], languages: ['de'] });
  });

  const browse = (query: string) => user().page.goto(`/browse?genre=${encodeURIComponent(genre)}&${query}`);
  const parameter = (name: string) => new URL(user().page.url()).searchParams.get(name);
  const removeFilter = (label: string) => user().button(`Remove filter ${label}`);

  /** Waits until the page shows exactly these titles, in this order. */
  async function expectTitles(...names: string[]): Promise<void> {
    const list = user().page.getByRole('list', { name: 'Titles' });
    await list.and(user().page.locator('[aria-busy=false]')).waitFor();
    await user()
      .page.getByRole('status')
      .filter({ hasText: new RegExp(`^${names.length || 'No'} titles?$`) })
      .waitFor();
    expect(await list.getByRole('link').allTextContents()).toEqual(names);
  }

  it('stores each filter in the URL, which the back button and a reload restore', async () => {
    await browse('');
    await expectTitles(early, series, late);
    await user().page.getByLabel('Series').check();
    await expectTitles(series);
    expect(parameter('kind')).toBe('series');
    await user().page.reload();
    await expectTitles(series);
    await user().page.goBack();
    await expectTitles(early, series, late);
    expect(await user().page.getByLabel('All titles').isChecked()).toBe(true);
    await user().page.goForward();
    await removeFilter('Series').click();
    await expectTitles(early, series, late);
  });

  it('filters by years, audience, country and language', async () => {
    const decades = user().page.getByRole('group', { name: 'Decade' });
    // Changes of titles are counted some seconds later, and the page offers only decades with titles.
    await eventually(async () => {
      await browse('');
      await decades.getByLabel('1990s').waitFor({ timeout: 1_000 });
      return true;
    }, Boolean);
    const years = user().page.getByRole('group', { name: 'Year' });
    await years.getByLabel('From').fill('1990');
    await years.getByLabel('To').fill('1999');
    await years.getByLabel('To').press('Enter');
    await expectTitles(late);
    await removeFilter('From 1990').click();
    await expectTitles(early, late);
    await removeFilter('Until 1999').click();
    await user().page.getByRole('group', { name: 'Audience' }).getByLabel('Suitable for age 13').check();
    await expectTitles(series);
    await removeFilter('Suitable for age 13').click();
    await decades.getByLabel('1990s').check();
    await expectTitles(late);
    expect([parameter('yearFrom'), parameter('yearTo')]).toEqual(['1990', '1999']);
    await decades.getByLabel('Any').check();
    await expectTitles(early, series, late);
    await browse('country=DE&country=JP');
    await expectTitles(early, late);
    await user().page.getByLabel('Japan').uncheck();
    await expectTitles(early);
    await browse('language=de');
    await removeFilter('German').waitFor();
    await expectTitles(early);
    await user().button('Clear all filters').click();
    await user().page.waitForURL('**/browse');
  });

  it('counts the titles of each value, including those that are not selected', async () => {
    await browse('');
    const count = (value: string) =>
      user().page.locator('label', { hasText: value }).locator('.filter-count .visually-hidden');
    // Changes of titles are counted some seconds later.
    await eventually(
      async () => {
        await user().page.reload();
        await count('Germany').waitFor({ timeout: 1_000 });
        return Promise.all(['Films', 'Series', 'Germany', 'Japan'].map((value) => count(value).textContent()));
      },
      (counts) => counts.join() === '2 titles,1 title,1 title,1 title',
    );
    await user().page.getByLabel('Japan').check();
    await expectTitles(late);
    expect(await count('Germany').textContent()).toBe('1 title');
  });

  it('sorts by name, and shows the best match of a search first', async () => {
    await browse('');
    await user().page.getByLabel('Sort by').selectOption('Name');
    await expectTitles(early, late, series);
    expect(parameter('sort')).toBe('name');
    await user().page.getByLabel('Search titles').fill(late);
    await expectTitles(late);
    expect(parameter('sort')).toBeNull();
    expect(await user().page.getByLabel('Sort by').isDisabled()).toBe(true);
  });

  it('ignores invalid values of the URL', async () => {
    await browse('kind=opera&country=QQ&language=klingon&yearFrom=soon&maximumAge=99&sort=worst&person=unknown');
    await expectTitles(early, series, late);
    expect(
      await user()
        .page.getByRole('button', { name: /^Remove filter/ })
        .allTextContents(),
    ).toHaveLength(1);
  });

  it('shows the filters on request on a phone', async () => {
    await user().page.setViewportSize({ width: 360, height: 780 });
    await browse('');
    const films = user().page.getByLabel('Films');
    const toggle = user().button('Filters (1)');
    await toggle.waitFor();
    expect(await films.isVisible()).toBe(false);
    await toggle.press('Enter');
    await films.check();
    await expectTitles(early, late);
    expect(await user().button('Filters (2)').getAttribute('aria-expanded')).toBe('true');
  });
});
