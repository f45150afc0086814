import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { eventually } from '../support/eventually.js';
import { get } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

describe('API keys in the web app', () => {
  const user = openUserPerTest();

  it('creates an API key with permissions, replaces it with an overlap, and revokes it', async () => {
    const viewer = await Viewer.signUp();
    const { page } = user();
    await user().signIn(viewer.email, Viewer.password);
    await page.goto('/account');
    await user().link('Manage API keys').click();
    await page.getByText('You have no API keys.').waitFor();

    const form = page.getByRole('region', { name: 'New key' });
    await form.getByLabel('Name of the key').fill('Nightly import');
    await form.getByLabel('Read profiles').check();
    await form.getByLabel('Valid for (days)').fill('30');
    await form.getByLabel('Current password').fill('wrong password');
    await form.getByRole('button', { name: 'Create key' }).click();
    await form.getByRole('alert').getByText('password').waitFor();
    await form.getByLabel('Current password').fill(Viewer.password);
    await form.getByRole('button', { name: 'Create key' }).click();

    const secretOf = async (): Promise<string> =>
      (await page.getByRole('region', { name: 'Secret of Nightly import' }).locator('code').textContent()) ?? '';
    await user().heading('Secret of Nightly import').waitFor();
    const first = await secretOf();
    expect((await get('/v1/profiles', { token: first })).status).toBe(200);
    expect((await get('/v1/titles', { token: first })).status).toBe(403);
    const keys = page.getByRole('region', { name: 'Your keys' });
    await keys.getByText(`${first.slice(0, 12)}…`).waitFor();
    expect(await findViolations(page)).toEqual([]);

    // A use is stored up to a second later, and the page reads it only when it is opened.
    await eventually(
      async () => {
        await page.reload();
        await keys.getByText(/last used|never used/i).waitFor();
        return keys.getByText('Last used').count();
      },
      (count) => count === 1,
    );
    expect(await page.getByText(first).count()).toBe(0);

    await keys.getByText('Replace the secret of Nightly import').click();
    await keys.getByLabel('The previous secret stays valid for (hours)').fill('1');
    await keys.getByLabel('Current password').fill(Viewer.password);
    await keys.getByRole('button', { name: 'Create new secret' }).click();
    await user().heading('Secret of Nightly import').waitFor();
    const second = await secretOf();
    expect(second).not.toBe(first);
    for (const token of [first, second]) expect((await get('/v1/profiles', { token })).status).toBe(200);

    await form.getByLabel('Name of the key').fill('Draft');
    await user().button('Revoke Nightly import').click();
    await user().button('Revoke key').click();
    await keys.getByText('Nightly import was revoked.').waitFor();
    for (const token of [first, second]) expect((await get('/v1/profiles', { token })).status).toBe(401);
    await page.getByText('You have no API keys.').waitFor();
    expect(await form.getByLabel('Name of the key').inputValue()).toBe('Draft');
  });
});
