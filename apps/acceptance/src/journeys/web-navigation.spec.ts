import type { Browser } from 'playwright-core';
import { BrowserUser } from '../support/browser-user.js';
import { openBrowser, openContext } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { uniqueWord } from '../support/unique.js';

describe('navigation in the web app', () => {
  const word = uniqueWord();
  let browser: Browser;
  let user: BrowserUser;

  beforeAll(async () => {
    await (await Editor.signIn()).createTitle(word, { genres: ['Drama'] });
    browser = await openBrowser();
    user = await BrowserUser.open(await openContext(browser));
  });

  afterAll(async () => {
    await user.close();
    await browser.close();
  });

  async function expectPage(pageTitle: string, heading: string): Promise<void> {
    const { page } = user;
    await page.waitForFunction((expected) => document.title === expected, pageTitle);
    await user.heading(heading).waitFor();
    await page.waitForFunction(
      (expected) => document.activeElement?.tagName === 'H1' && document.activeElement.textContent === expected,
      heading,
    );
    await page.getByRole('status').filter({ hasText: pageTitle }).waitFor({ state: 'attached' });
  }

  it('leaves the focus on the document when the app opens', async () => {
    await user.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await user.page.title()).toBe('Home · Viernes');
    expect(await user.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });

  it('sets the page title, focuses the heading and announces the page on each navigation', async () => {
    await user.search(word);
    await user.page.waitForFunction(() => document.title === 'Browse · Viernes');
    await user.link(word).click();
    await expectPage(`${word} · Viernes`, word);
    await user.link('Browse').click();
    await expectPage('Browse · Viernes', 'Browse titles');
    await user.link('Sign in').click();
    await expectPage('Sign in · Viernes', 'Sign in');
    await user.page.goBack();
    await expectPage('Browse · Viernes', 'Browse titles');
  });

  it('does not move the focus out of the search field while results change', async () => {
    const field = user.page.getByLabel('Search titles');
    await field.fill(word);
    await user.page.waitForURL(`**/browse?query=${word}`);
    await user.link(word).waitFor();
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  });

  it('reloads once if a chunk of an old build no longer exists, and then offers to reload', async () => {
    const guest = await BrowserUser.open(await openContext(browser));
    const { page } = guest;
    let pageLoads = 0;
    page.on('request', (request) => (pageLoads += request.isNavigationRequest() ? 1 : 0));
    await page.route('**/assets/player-page*', (route) => route.fulfill({ status: 404 }));
    await page.goto('/watch/0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11');
    await guest.button('Reload the page').waitFor();
    expect(pageLoads).toBe(2);
    await page.unroute('**/assets/player-page*');
    await guest.button('Reload the page').click();
    await guest.heading('Sign in').waitFor();
    await guest.close();
  });
});
