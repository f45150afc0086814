import type { Schema } from '@viernes/api-client';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('my list and ratings in the web app', () => {
  const user = openUserPerTest({ viewport: { width: 360, height: 800 } });
  const pressed = (name: string) => user().page.getByRole('button', { name, exact: true, pressed: true });
  let title: Schema<'Title'>;

  beforeAll(async () => {
    title = await (await Editor.signIn()).createTitle(unique('For later'));
  });

  it('adds a title to the list of the profile and removes it, and stores the rating of the profile', async () => {
    const { page } = user();
    const viewer = await Viewer.signUp();
    await user().signIn(viewer.email, Viewer.password);
    await page.goto(`/titles/${title.id}`);
    await user().button('My list').click();
    await pressed('My list').waitFor();
    await user().button('Not for me').click();
    await pressed('Not for me').waitFor();
    await user().button('I like this').click();
    await pressed('I like this').waitFor();

    await page.goto('/');
    await page.getByRole('region', { name: 'My list' }).getByRole('link', { name: title.name }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'My list' }).click();
    await user().heading('My list').waitFor();
    await user().link(title.name).waitFor();

    await user().link(title.name).click();
    await pressed('I like this').click();
    await pressed('My list').click();
    await user().page.getByRole('button', { name: 'My list', pressed: false }).waitFor();
    expect(await pressed('Not for me').count()).toBe(0);
    await page.getByRole('navigation').getByRole('link', { name: 'My list' }).click();
    await page.getByText('Your list is empty.').waitFor();
    await page.getByLabel('Language').selectOption('es');
    await user().heading('Mi lista').waitFor();
    await page.getByText('Tu lista está vacía.').waitFor();
  });

  it('shows guests the sign-in page', async () => {
    await user().page.goto('/my-list');
    await user().heading('Sign in').waitFor();
  });
});
