import type { Schema } from '@viernes/api-client';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { unique } from '../support/unique.js';

describe('the page of a title', () => {
  const user = openUserPerTest();
  const details = {
    genres: [unique('Heist')],
    credits: [
      { name: unique('Ana Director'), role: 'director' as const },
      { name: unique('Leo Actor'), role: 'actor' as const, character: 'The driver' },
    ],
    countries: ['DE' as const],
  };
  const related = unique('The second robbery');
  let title: Schema<'Title'>;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    title = await editor.createTitle(unique('The first robbery'), details);
    await editor.createTitle(related, details);
  });

  it('links to similar titles, and to the titles of the same countries', async () => {
    const { page } = user();
    await page.goto(`/titles/${title.slug}`);
    await page.getByText('(The driver)').waitFor();
    const row = page.getByRole('region', { name: 'More like this' });
    await row.getByRole('link', { name: related }).waitFor();
    await row.getByRole('link', { name: related }).click();
    await user().heading(related).waitFor();
    expect(await page.title()).toBe(`${related} · Viernes`);
    await user().link('Germany').click();
    await user().button('Remove filter Germany').waitFor();
  });
});
