import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import { openBrowser, openContext, openPage, type MonitoredPage } from '../support/browser.js';
import { atDomain, connectAuthenticator } from '../support/passkeys.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('passkeys in the web app', () => {
  let browser: Browser;
  let monitored: MonitoredPage;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(() => monitored.close());

  const open = async (locale: string, path: string): Promise<void> => {
    monitored = await openPage(await openContext(browser, undefined, locale));
    ({ page } = monitored);
    await page.goto(atDomain(path));
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const section = () => page.getByRole('region', { name: 'Passkeys' });

  const signIn = async (email: string): Promise<void> => {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(Viewer.password);
    await button('Sign in').click();
  };
  const addPasskey = async (name: string): Promise<void> => {
    await section().getByText('Add a passkey').press('Enter');
    // By its role, because the forms that rename passkeys are closed.
    await section().getByRole('textbox', { name: 'Name of the passkey' }).fill(name);
    await section().getByLabel('Current password').fill(Viewer.password);
    await section().getByRole('button', { name: 'Create passkey' }).press('Enter');
  };

  it('are added, used, renamed and removed with the keyboard, and rejected afterwards', async () => {
    const { email } = await Viewer.signUp();
    await open('en-US', '/sign-in?return=/account');
    await connectAuthenticator(page);
    await signIn(email);
    await addPasskey('Laptop');
    await section().getByText('Passkey added.').waitFor();
    await section().getByText('never used').waitFor();

    await button('Profile menu').click();
    await button('Sign out').click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(atDomain('/sign-in?return=/account'));
    await button('Sign in with a passkey').press('Enter');
    await section().getByText('Last used').waitFor();
    await page.getByRole('region', { name: 'Recent activity' }).getByText('Signed in with a passkey').waitFor();

    await section().getByText('Change Laptop').press('Enter');
    await section().getByRole('textbox', { name: 'Name of the passkey' }).fill('Phone');
    await button('Rename').press('Enter');
    await section().getByText('Passkey renamed.').waitFor();
    await section().getByText('Change Phone').press('Enter');
    await button('Remove passkey').press('Enter');
    await section().getByText('Passkey removed. You can delete it from your device, too.').waitFor();
    expect(await section().getByRole('listitem').count()).toBe(0);

    await button('Profile menu').click();
    await button('Sign out').click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(atDomain('/sign-in'));
    await button('Sign in with a passkey').press('Enter');
    await page.getByText('This passkey was not accepted. Try again, or use your password.').waitFor();
  });

  it('are created once per device, with an explanation', async () => {
    const { email } = await Viewer.signUp();
    await open('en-US', '/sign-in?return=/account');
    const session = await connectAuthenticator(page);
    await signIn(email);
    await addPasskey('Laptop');
    await section().getByText('Passkey added.').waitFor();
    await addPasskey('Laptop again');
    await section().getByText('This device already has a passkey of this account.').waitFor();
    await session.send('WebAuthn.disable');
  });

  it('are described in Spanish', async () => {
    await open('es-MX', '/sign-in?return=/account');
    await connectAuthenticator(page);
    await page.getByRole('button', { name: 'Iniciar sesión con una llave de acceso' }).click();
    await page.getByText('No se ha usado ninguna llave de acceso. Inténtalo de nuevo o usa tu contraseña.').waitFor();
    await page.getByRole('button', { name: 'Crea una cuenta' }).click();
    await page.getByLabel('Tu nombre').fill('Bea');
    await page.getByLabel('Correo electrónico').fill(uniqueEmail());
    await page.getByLabel('Contraseña').fill(Viewer.password);
    await page.getByRole('button', { name: 'Crear cuenta' }).click();
    const passkeys = page.getByRole('region', { name: 'Llaves de acceso' });
    await passkeys.getByText('Añadir una llave de acceso').press('Enter');
    await passkeys.getByLabel('Nombre de la llave de acceso').fill('Portátil');
    await passkeys.getByLabel('Contraseña actual').fill(Viewer.password);
    await passkeys.getByRole('button', { name: 'Crear llave de acceso' }).click();
    await passkeys.getByText('Llave de acceso añadida.').waitFor();
    await passkeys.getByText('sin usar').waitFor();
  });

  it('are not offered at an IP address', async () => {
    const { email } = await Viewer.signUp();
    const ipUrl = config.edgeUrl.replace('localhost', '127.0.0.1');
    monitored = await openPage(await openContext(browser));
    ({ page } = monitored);
    await page.goto(`${ipUrl}/sign-in?return=/account`);
    await button('Sign in').waitFor();
    expect(await button('Sign in with a passkey').count()).toBe(0);
    await signIn(email);
    await section().getByText('This browser or this address does not support passkeys.').waitFor();
    expect(await section().getByText('Add a passkey').count()).toBe(0);
  });
});
