import { translate } from '@viernes/translations';
import type { Browser } from 'playwright-core';
import { openBrowser, openContext, openPage } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { uniqueWord } from '../support/unique.js';

/** web-screens.spec.ts compares the texts of each screen. */
describe('the language of the web app', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('uses the language of the browser until the menu changes it, including for the titles of problems', async () => {
    const { page } = await openPage(await openContext(browser, undefined, 'es-MX'));
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
    const description = page.locator('meta[name=description]');
    expect(await description.getAttribute('content')).toBe(translate('web.app.tagline', {}, 'es'));

    await page.getByLabel('Idioma').selectOption('en');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await description.getAttribute('content')).toBe(translate('web.app.tagline', {}, 'en'));
    const response = page.waitForResponse((received) => received.url().endsWith('/v1/sessions'));
    await page.getByLabel('Email').fill('nobody@example.com');
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await (await response).headerValue('content-language')).toBe('en');
    await page.goto('/browse');
    await page.getByRole('heading', { name: 'Browse titles' }).waitFor();
  });

  it.each([
    ['es', 'Ordenar por', 'Nombre', ['Nube', 'Nz', 'Ñandú']],
    ['en', 'Sort by', 'Name', ['Ñandú', 'Nube', 'Nz']],
  ])('sorts names by the rules of the language %s', async (language, label, option, names) => {
    const genre = uniqueWord();
    const editor = await Editor.signIn();
    // The newest title is not the first one in either order.
    for (const name of ['Nube', 'Ñandú', 'Nz']) await editor.createTitle(name, { genres: [genre] });
    const { page } = await openPage(await openContext(browser, undefined, language));
    await page.goto(`/browse?genre=${genre}`);
    await page.getByLabel(label).selectOption(option);
    await page.waitForURL('**sort=name**');
    // The list is sorted when the first title is the expected one.
    const cards = page.getByRole('main').getByRole('list').last();
    await cards
      .getByRole('link')
      .first()
      .filter({ hasText: names[0] ?? '' })
      .waitFor();
    expect((await cards.getByRole('link').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(names);
  });
});
