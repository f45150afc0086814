import { LANGUAGES } from '@viernes/translations';
import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openBrowser, openContext, openPage, type MonitoredPage } from '../support/browser.js';
import { readLink } from '../support/mails.js';
import { TranslatedElements } from '../support/translated-elements.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

/** The OpenID provider of the test set-up, which accepts any email. */
const PROVIDER = { name: 'Test Provider' };

describe.each(LANGUAGES)('sign-in at a provider in the language %s', (language) => {
  let browser: Browser;
  let monitored: MonitoredPage;
  let page: Page;
  let web: TranslatedElements;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    monitored = await openPage(await openContext(browser, undefined, language));
    ({ page } = monitored);
    web = new TranslatedElements(page, language);
  });
  afterEach(() => monitored.close());

  const continueAtProvider = async (email: string): Promise<void> => {
    const { origin } = new URL(config.edgeUrl);
    await page.waitForURL((url) => url.origin !== origin);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  const startSignIn = async (): Promise<void> => {
    await page.goto('/sign-in?return=/account');
    await web.button('signIn.withProvider', PROVIDER).press('Enter');
  };
  const signIn = async (email: string): Promise<void> => {
    await startSignIn();
    await continueAtProvider(email);
  };

  it('creates an account without a password, and leaves no authorization code in the browser history', async () => {
    const email = uniqueEmail();
    await signIn(email);
    const section = web.region('identities.heading');
    await section.elementContaining('identities.noPassword').waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => ({ url: location.href, cookie: document.cookie }))).toEqual({
      url: new URL('/account', page.url()).href,
      cookie: '',
    });
    await page.goBack();
    expect(new URL(page.url()).search).not.toContain('code=');
    expect(monitored.errors).toEqual([]);
  });

  it('adds the provider to an account with a password, and signs in with the provider later', async () => {
    const email = uniqueEmail();
    await page.goto('/sign-in?new');
    await web.button('signIn.withProvider', PROVIDER).waitFor();
    await web.field('signIn.yourName').fill('Bea');
    await web.field('signIn.email').fill(email);
    await web.field('signIn.password').fill(Viewer.password);
    await web.button('signIn.submitNew').click();
    await web.button('app.profileMenu').waitFor();
    await page.goto(await readLink(email, '/verify-email'));
    await web.heading('account.verified').waitFor();

    await page.goto('/account');
    const section = web.region('identities.heading');
    await section.elementContaining('identities.summary', PROVIDER).press('Enter');
    await section.field('account.currentPassword').fill(Viewer.password);
    await section.button('signIn.withProvider', PROVIDER).press('Enter');
    await continueAtProvider(uniqueEmail());
    await section.elementContaining('passkeys.neverUsed').waitFor();

    await web.button('app.profileMenu').click();
    await web.button('app.signOut').click();
    await web.link('app.signIn').waitFor();
    // The browser is still signed in at the provider.
    await startSignIn();
    await web.region('securityEvents.heading').elementContaining('securityEvents.signedInWithIdentity').waitFor();
    await web.elementContaining('securityEvents.identityLinked').waitFor();
    await section.elementContaining('passkeys.change', PROVIDER).press('Enter');
    await section.button('identities.remove', PROVIDER).press('Enter');
    await section.elementContaining('identities.removed').waitFor();
    expect(monitored.errors).toEqual([]);
  });

  it('explains that an account with this email exists, and rejects a callback for a sign-in that was not started here', async () => {
    const { email } = await Viewer.signUp();
    await signIn(email);
    await web.heading('signIn.notFinished').waitFor();
    await web.elementContaining('problems.IDENTITY_NOT_LINKED').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.goto('/sign-in/callback?state=stolen&code=stolen');
    await web.elementContaining('problems.IDENTITY_REJECTED').waitFor();
  });
});
