import type { Schema } from '@viernes/api-client';
import { LANGUAGES } from '@viernes/translations';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { TranslatedElements } from '../support/translated-elements.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

const PIN = '0412';

describe('profiles in the web app', () => {
  const user = openUserPerTest();
  const field = (label: string) => user().page.getByLabel(label, { exact: true });
  const languageMenu = () => user().page.getByRole('contentinfo').getByLabel('Language');
  const openProfiles = async (): Promise<void> => {
    await user().button('Profile menu').click();
    await user().link('Profiles').click();
    await user().heading('Profiles').waitFor();
  };
  const signIn = async ({ email }: Viewer): Promise<void> => {
    await user().page.goto('/sign-in?return=/browse');
    await field('Email').fill(email);
    await field('Password').fill(Viewer.password);
    await user().button('Sign in').click();
  };
  /** Presses keys one after the other. The focused element receives them. */
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await user().page.keyboard.press(key);
  };
  let forAdults: Schema<'Title'>;
  let forAll: Schema<'Title'>;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    forAdults = await editor.createTitle(unique('Only adults'), { maturityRating: 'R' });
    forAll = await editor.createTitle(unique('Everyone'), { maturityRating: 'G' });
  });

  it('creates a profile for kids, which sees only titles for them, and sets a PIN for the other one', async () => {
    const viewer = await Viewer.signUp();
    await signIn(viewer);
    await user().heading('Browse titles').waitFor();
    await openProfiles();
    await user().link('Add a profile').click();
    await field('Profile name').fill('ana');
    await field('Fox').check();
    await user().page.getByLabel('This is a profile for kids').check();
    await user().button('Create profile').click();
    await user().page.getByText('Another profile has this name.').waitFor();
    expect(await findViolations(user().page)).toEqual([]);
    await field('Profile name').fill('Bo');
    await field('Titles to show').selectOption('Titles for ages up to 7');
    await user().button('Create profile').click();
    await user().link('Bo Kids Titles for ages up to 7').waitFor();

    await user().page.getByRole('link', { name: /^Ana/ }).click();
    const pin = user().page.getByRole('region', { name: 'PIN' });
    await pin.getByLabel('PIN', { exact: true }).fill(PIN);
    await pin.getByRole('button', { name: 'Set PIN' }).click();
    await user().page.getByText('The PIN is saved.').waitFor();

    await user().button('Profile menu').click();
    await user().button('Bo').click();
    await user().page.waitForURL('/');
    expect(await languageMenu().count()).toBe(0);
    await user().page.goto(`/titles/${forAll.id}`);
    await user().heading(forAll.name).waitFor();
    await user().page.goto(`/titles/${forAdults.id}`);
    await user().heading('Title not found').waitFor();
    await user().button('Profile menu').click();
    expect(await user().link('Account').count()).toBe(0);
    await user().page.goto('/developers');
    await user().page.getByText('Select a profile that shows more titles first.').waitFor();
    expect(await user().button('Create key').count()).toBe(0);
  });

  it('shows the choice of profiles after a sign-in, and opens a profile with its PIN by keyboard', async () => {
    const viewer = await Viewer.signUp();
    await viewer.createProfile({ name: 'Bo', language: 'es' });
    await viewer.setPin(PIN);
    await signIn(viewer);
    await user().heading('Who is watching?').waitFor();
    await user().page.goto('/browse');
    await user().heading('Who is watching?').waitFor();
    await press('Tab', 'Enter');
    await user().heading('Enter the PIN of Ana').waitFor();
    await press('9', '9', '9', '9', 'Enter');
    await user().page.getByText('The PIN is not correct.').waitFor();
    await field('PIN').fill('');
    await press(...PIN, 'Enter');
    await user().heading('Browse titles').waitFor();

    // The page loads again in the language of the profile.
    await user().button('Profile menu').click();
    await user().button('Bo').click();
    await user().page.getByRole('button', { name: 'Menú del perfil' }).click();
    expect(await user().page.locator('html').getAttribute('lang')).toBe('es');
  });

  it('shows the problem, and the same language, if the language of the profile cannot be changed', async () => {
    const { page } = user();
    await user().signUp('Ana', uniqueEmail(), Viewer.password);
    await page.route('**/v1/profiles/*', (route) => route.abort());
    await languageMenu().selectOption('es');
    await page.getByText('We cannot reach Viernes.').waitFor();
    expect(await languageMenu().inputValue()).toBe('en');
    await page.unroute('**/v1/profiles/*');
    await languageMenu().selectOption('es');
    await page.getByRole('button', { name: 'Menú del perfil' }).waitFor();
  });

  it('removes a forgotten PIN with the password, and deletes the selected profile', async () => {
    const viewer = await Viewer.signUp();
    await viewer.createProfile({ name: 'Bo' });
    await viewer.setPin(PIN);
    await signIn(viewer);
    await user().button('Ana Protected by a PIN').click();
    await user().page.getByText('Forgot the PIN?').click();
    await field('Password of the account').fill(Viewer.password);
    await user().button('Remove PIN').click();
    await user().heading('Browse titles').waitFor();
    await openProfiles();
    await user().page.getByRole('link', { name: /^Ana/ }).click();
    await user().page.getByText('Delete Ana').click();
    await user().button('Delete profile').click();
    await user().heading('Who is watching?').waitFor();
    await user().button('Bo').click();
    await user().heading('Profiles').waitFor();
    expect(await user().page.getByRole('link', { name: /^Ana/ }).count()).toBe(0);
  });
});

describe.each(LANGUAGES)('the profile page in the language %s', (language) => {
  const user = openUserPerTest({ language });

  it('changes the name, the avatar and the language of a profile', async () => {
    const { web, page } = user();
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await web.button('app.profileMenu').click();
    await web.link('profiles.heading').click();
    await page.getByRole('link', { name: /^Bea/ }).click();
    expect(await web.field('profiles.language').inputValue()).toBe(language);
    const other = LANGUAGES.find((each) => each !== language) ?? language;
    await web.field('profiles.name').fill('Bo');
    await web.field('profiles.avatars.fox').check();
    await web.field('profiles.language').selectOption(other);
    await web.button('profiles.save').click();

    const changed = new TranslatedElements(page, other);
    await changed.heading('profiles.heading').waitFor();
    await page.getByRole('link', { name: /^Bo/ }).click();
    expect(await changed.field('profiles.name').inputValue()).toBe('Bo');
    expect(await changed.field('profiles.avatars.fox').isChecked()).toBe(true);
    expect(await changed.field('profiles.language').inputValue()).toBe(other);
  });
});
