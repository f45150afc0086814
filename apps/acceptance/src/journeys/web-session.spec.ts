import type { Browser } from 'playwright-core';
import { BrowserUser } from '../support/browser-user.js';
import { openBrowser } from '../support/browser.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('sessions in the web app', () => {
  let browser: Browser;
  let user: BrowserUser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    user = await BrowserUser.open(browser);
  });

  afterEach(async () => {
    await user.close();
  });

  async function fillSignUp(email: string, password: string): Promise<void> {
    const { page } = user;
    await user.link('Sign in').click();
    await user.button('Create one').click();
    await page.getByLabel('Your name').fill('Bea');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await user.button('Create account').click();
  }

  it('states the password length that the API requires before the form is sent', async () => {
    await fillSignUp(uniqueEmail(), '9 letters');
    const password = user.page.getByLabel('Password');
    await user.page.getByText('Use at least 10 characters.').waitFor();
    expect(await password.evaluate((input) => (input as HTMLInputElement).validity.tooShort)).toBe(true);
  });

  it('shows a plain message next to the field that the API rejects', async () => {
    // Browsers accept an email without a top-level domain, the API does not.
    await fillSignUp('bea@localhost', Viewer.password);
    const email = user.page.getByLabel('Email');
    await user.page.getByText('Enter a valid email address.').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    const describedBy = await email.getAttribute('aria-describedby');
    expect(await user.page.locator(`[id="${describedBy}"]`).textContent()).toBe('Enter a valid email address.');
    expect(await user.page.getByText(/email:|Invalid|must match/).count()).toBe(0);
  });

  it('renews the session and repeats the request when the edge rejects an access token', async () => {
    const { page } = user;
    await user.signUp('Bea', uniqueEmail(), Viewer.password);
    await user.link('Browse').click();
    await user.heading('Browse titles').waitFor();
    await page.route(
      '**/v1/home?profileId=*',
      (route) =>
        route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          body: JSON.stringify({ title: 'Sign in first', status: 401, code: 'UNAUTHENTICATED' }),
        }),
      { times: 1 },
    );
    const renewal = page.waitForResponse((response) => response.url().endsWith('/v1/sessions/refresh'));
    await user.link('Home').click();
    expect((await renewal).status()).toBe(200);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
  });
});
