import { readFileSync } from 'node:fs';
import type { Schema } from '@viernes/api-client';
import type { Browser, Page } from 'playwright-core';
import { findViolations } from '../support/accessibility.js';
import { type MonitoredPage, openBrowser, openContext, openPage } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { unique } from '../support/unique.js';

type Texts = { readonly [key: string]: string | Texts };

const read = (language: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../../libs/translations/src/locales/${language}.json`, import.meta.url), 'utf8'),
  ) as { readonly web: Texts };

function listTexts(texts: Texts): string[] {
  return Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : listTexts(value)));
}

/** English texts without placeholders that are not also Spanish, such as "Editor". */
const spanish = new Set(listTexts(read('es').web));
const english = new Set(listTexts(read('en').web).filter((text) => !text.includes('{{') && !spanish.has(text)));

/** Lists the English texts of the page: its title, what it shows, and what assistive technology reads. */
async function findEnglish(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [document.title.split(' · ')[0] ?? ''];
    while (walker.nextNode()) shown.push(walker.currentNode.textContent ?? '');
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [alt]')) {
      for (const name of ['aria-label', 'placeholder', 'alt']) shown.push(element.getAttribute(name) ?? '');
    }
    return shown.map((text) => text.trim());
  });
  return texts.filter((text) => english.has(text));
}

describe('the web app in Spanish', () => {
  let browser: Browser;
  let monitored: MonitoredPage;
  let page: Page;
  let title: Schema<'Title'>;

  beforeAll(async () => {
    title = await (await Editor.signIn()).createTitle(unique('Idioma'), { genres: ['Drama'], releaseYear: 1927 });
    browser = await openBrowser();
  });
  beforeEach(async () => {
    monitored = await openPage(await openContext(browser, undefined, 'es-MX'));
    ({ page } = monitored);
  });
  afterEach(() => monitored.close());
  afterAll(() => browser.close());

  const expectSpanish = async (): Promise<void> => {
    expect(await findEnglish(page)).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await findViolations(page)).toEqual([]);
  };

  it('shows the home page in the language of the browser', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Iniciar sesión' }).waitFor();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await expectSpanish();
  });

  it('shows the browse page with its filters', async () => {
    await page.goto('/browse?kind=film&yearFrom=1900');
    await page.getByRole('button', { name: 'Quitar el filtro Películas' }).waitFor();
    await page.getByRole('checkbox', { name: 'Drama' }).waitFor();
    await page
      .getByText(/^[\d,]+ títulos?$/)
      .first()
      .waitFor();
    await expectSpanish();
  });

  it('shows the page of a title', async () => {
    await page.goto(`/titles/${title.id}`);
    await page.getByRole('heading', { name: title.name }).waitFor();
    await page.getByText('Este título todavía no tiene vídeo.').waitFor();
    await expectSpanish();
  });

  it('explains a failed sign-in', async () => {
    await page.goto('/sign-in');
    await page.getByLabel('Correo electrónico').fill('nadie@example.com');
    await page.getByLabel('Contraseña').fill('una contraseña larga');
    await page.getByRole('button', { name: 'Iniciar sesión' }).click();
    await page.getByText('El correo electrónico y la contraseña no coinciden.').waitFor();
    await expectSpanish();
  });

  it('explains an unknown title', async () => {
    await page.goto('/titles/no-such-title');
    await page.getByRole('heading', { name: 'Título no encontrado' }).waitFor();
    await expectSpanish();
  });

  it('changes the language by the menu, also for the titles of problems, and remembers it', async () => {
    await page.goto('/sign-in');
    await page.getByLabel('Idioma').selectOption('en');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const response = page.waitForResponse((received) => received.url().endsWith('/v1/sessions'));
    await page.getByLabel('Email').fill('nobody@example.com');
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await (await response).headerValue('content-language')).toBe('en');
    await page.goto('/browse');
    await page.getByRole('heading', { name: 'Browse titles' }).waitFor();
  });
});
