import { LANGUAGES } from '@viernes/translations';
import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import { openBrowser, openContext, openPage, type MonitoredPage } from '../support/browser.js';
import { atDomain, connectAuthenticator } from '../support/passkeys.js';
import { TranslatedElements } from '../support/translated-elements.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe.each(LANGUAGES)('passkeys in the web app in the language %s', (language) => {
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

  /** Creates an account in the web app, whose profile has the language of the browser, and opens its account page. */
  const signUp = async (url = atDomain('/sign-in?return=/account')): Promise<void> => {
    await page.goto(url);
    await web.button('signIn.create').click();
    await web.field('signIn.yourName').fill('Bea');
    await web.field('signIn.email').fill(uniqueEmail());
    await web.field('signIn.password').fill(Viewer.password);
    await web.button('signIn.submitNew').click();
  };
  const signOut = async (): Promise<void> => {
    await web.button('app.profileMenu').click();
    await web.button('app.signOut').click();
    await web.link('app.signIn').waitFor();
  };
  const addPasskey = async (name: string): Promise<void> => {
    const section = web.region('passkeys.heading');
    await section.elementContaining('passkeys.summary').press('Enter');
    // By its role, because the forms that rename passkeys are closed.
    await section.textbox('passkeys.name').fill(name);
    await section.field('account.currentPassword').fill(Viewer.password);
    await section.button('passkeys.add').press('Enter');
  };

  it('adds, uses, renames and removes a passkey with the keyboard, and rejects it afterwards', async () => {
    await connectAuthenticator(page);
    await signUp();
    const section = web.region('passkeys.heading');
    await addPasskey('Laptop');
    await section.elementContaining('passkeys.added').waitFor();
    await section.elementContaining('passkeys.neverUsed').waitFor();

    await signOut();
    await page.goto(atDomain('/sign-in?return=/account'));
    await web.button('signIn.withPasskey').press('Enter');
    await web.region('securityEvents.heading').elementContaining('securityEvents.signedInWithPasskey').waitFor();
    expect(await section.elementContaining('passkeys.neverUsed').count()).toBe(0);

    await section.elementContaining('passkeys.change', { name: 'Laptop' }).press('Enter');
    await section.textbox('passkeys.name').fill('Phone');
    await section.button('passkeys.rename').press('Enter');
    await section.elementContaining('passkeys.renamed').waitFor();
    await section.elementContaining('passkeys.change', { name: 'Phone' }).press('Enter');
    await section.button('passkeys.remove').press('Enter');
    await section.elementContaining('passkeys.removed').waitFor();
    expect(await section.items().count()).toBe(0);

    await signOut();
    await page.goto(atDomain('/sign-in'));
    await web.button('signIn.withPasskey').press('Enter');
    await web.elementContaining('problems.PASSKEY_REJECTED').waitFor();
  });

  it('creates one passkey per device, and explains a second attempt', async () => {
    const session = await connectAuthenticator(page);
    await signUp();
    await addPasskey('Laptop');
    await web.region('passkeys.heading').elementContaining('passkeys.added').waitFor();
    await addPasskey('Laptop again');
    await web.region('passkeys.heading').elementContaining('problems.PASSKEY_EXISTS').waitFor();
    await session.send('WebAuthn.disable');
  });

  it('explains a sign-in on a device without a passkey', async () => {
    await connectAuthenticator(page);
    await page.goto(atDomain('/sign-in'));
    await web.button('signIn.withPasskey').click();
    await web.elementContaining('problems.PASSKEY_CANCELED').waitFor();
  });

  it('offers no passkeys at an IP address', async () => {
    const ipUrl = config.edgeUrl.replace('localhost', '127.0.0.1');
    await signUp(`${ipUrl}/sign-in?return=/account`);
    const section = web.region('passkeys.heading');
    await section.elementContaining('passkeys.unavailable').waitFor();
    expect(await section.elementContaining('passkeys.summary').count()).toBe(0);
    await signOut();
    await page.goto(`${ipUrl}/sign-in`);
    await web.button('signIn.signIn').waitFor();
    expect(await web.button('signIn.withPasskey').count()).toBe(0);
  });
});
