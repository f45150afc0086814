import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { uniqueWord } from '../support/unique.js';

describe('the search field', () => {
  const user = openUserPerTest();
  const word = uniqueWord();
  const first = `${word} rises`;
  const person = `Ana ${word}`;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    const credits = [{ name: person, role: 'director' as const }];
    await editor.createTitle(first, { releaseYear: 1999, credits });
    await editor.createTitle(`${word} sleeps`, { credits });
    await editor.createTitle('Another film', { credits: [{ name: person, role: 'writer' }] });
  });

  const field = () => user().page.getByRole('combobox', { name: 'Search titles' });
  const list = () => user().page.getByRole('listbox', { name: 'Suggestions' });
  const options = () => list().getByRole('option');
  const activeOption = () => list().getByRole('option', { selected: true });

  /** Types the beginning of the word, and waits for the suggestions. */
  async function type(): Promise<void> {
    await user().page.goto('/browse');
    await field().pressSequentially(word.slice(0, 8));
    await user().page.getByRole('status').filter({ hasText: '3 suggestions' }).waitFor({ state: 'attached' });
  }

  it('suggests titles and people, and marks what was typed', async () => {
    await type();
    expect(await options().allTextContents()).toEqual(expect.arrayContaining([first, `${person}Person`]));
    expect(await options().first().locator('mark').textContent()).toBe(word.slice(0, 8));
  });

  it('selects with the arrow keys, opens with Enter, and closes with Escape', async () => {
    await type();
    await field().press('ArrowDown');
    expect(await activeOption().getAttribute('id')).toBe(await field().getAttribute('aria-activedescendant'));
    await field().press('Escape');
    expect([await field().getAttribute('aria-expanded'), await options().count()]).toEqual(['false', 0]);
    await field().press('ArrowUp');
    await options().first().waitFor();
    await field().press('ArrowUp');
    expect(await activeOption().textContent()).toBe(`${person}Person`);
    await field().press('ArrowUp');
    await field().press('ArrowUp');
    const name = (await activeOption().textContent()) ?? '';
    await field().press('Enter');
    await user().heading(name).waitFor();
    await user().page.waitForURL('**/titles/*');
  });

  it('searches with Enter, and marks the matches in the results', async () => {
    await user().page.goto('/browse');
    await field().fill(word);
    await field().press('Enter');
    await user().page.waitForURL(`**/browse?query=${word}`);
    await user().link(first).waitFor();
    expect(await user().link(first).locator('mark').textContent()).toBe(word);
    expect(await options().count()).toBe(0);
    const byPerson = user().page.getByRole('article').filter({ hasText: 'Another film' });
    expect(await byPerson.locator('mark').allTextContents()).toEqual([word]);
  });

  it('cancels the request for the suggestions of an older text', async () => {
    const { page } = user();
    await page.goto('/browse');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/v2/title-suggestions?query=a', async (route) => {
      await released;
      await route.abort().catch(() => undefined);
    });
    const canceled = page.waitForEvent('requestfailed', (request) => request.url().endsWith('query=a'));
    await field().fill('a');
    await page.waitForRequest('**/v2/title-suggestions?query=a');
    await field().fill(word);
    expect((await canceled).failure()?.errorText).toBe('net::ERR_ABORTED');
    release();
    await options().first().waitFor();
  });

  it('opens the page of a person, whose titles link back to it', async () => {
    await type();
    await options().filter({ hasText: 'Person' }).click();
    await user().heading(person).waitFor();
    expect(await user().page.title()).toBe(`${person} · Viernes`);
    await user().page.getByText('Director', { exact: true }).waitFor();
    await user().link('Another film').waitFor();
    await user().link(first).click();
    await user().link(person).click();
    await user().heading(person).waitFor();
    await user().link('Filter these titles').click();
    await user().button(`Remove filter With ${person}`).waitFor();
    await user().page.goto('/people/unknown-person');
    await user().heading('Person not found').waitFor();
  });
});
