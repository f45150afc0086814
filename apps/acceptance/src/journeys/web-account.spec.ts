import { readFile } from 'node:fs/promises';
import type { Schema } from '@viernes/api-client';
import { openUserPerTest } from '../support/browser-user.js';
import { readLink } from '../support/mails.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

const NEW_PASSWORD = 'battery staple horse';

describe('accounts in the web app', () => {
  const user = openUserPerTest();
  const field = (label: string) => user().page.getByLabel(label, { exact: true });

  const openAccount = async (): Promise<void> => {
    await user().button('Profile menu').click();
    await user().link('Account').click();
    await user().heading('Account').waitFor();
  };

  it('verifies the email with the link in a mail, once', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    await openAccount();
    await user().page.getByText('Not confirmed').waitFor();
    const link = await readLink(email, '/verify-email');
    await user().page.goto(link);
    await user().heading('Your address is confirmed').waitFor();
    await user().link('Go to the home page').click();
    await openAccount();
    await user().page.getByText('Confirmed', { exact: true }).waitFor();
    await user().page.goto('/');
    await user().page.goto(link);
    await user().page.getByText('This link was already used or has expired.').waitFor();
  });

  it('replaces a forgotten password with the link in a mail', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    await user().signOut();
    await user().link('Sign in').click();
    await user().link('Forgot your password?').click();
    // The page before it also has a field for the email.
    await user().heading('Forgot your password?').waitFor();
    await field('Email').fill(email);
    await user().button('Send link').click();
    await user().heading('Check your inbox').waitFor();
    await user().page.goto(await readLink(email, '/reset-password'));
    await field('New password').fill(NEW_PASSWORD);
    await user().button('Save password').click();
    await user().heading('Your password is saved').waitFor();
    await user().link('Check your passkeys').click();
    await field('Email').fill(email);
    await field('Password').fill(NEW_PASSWORD);
    await user().button('Sign in').click();
    await user().heading('Passkeys').waitFor();
  });

  it('changes the password, and shows that the current one is wrong', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    await openAccount();
    const change = user().page.getByRole('region', { name: 'Password' });
    await change.getByLabel('Current password').fill('not the password');
    await change.getByLabel('New password').fill(NEW_PASSWORD);
    await change.getByRole('button', { name: 'Save password' }).click();
    await user().page.getByText('The current password is not correct.').waitFor();
    await change.getByLabel('Current password').fill(Viewer.password);
    await change.getByRole('button', { name: 'Save password' }).click();
    await user().page.getByText('Passkeys of your account can still sign in.').waitFor();
    await user().signOut();
    await user().signIn(email, NEW_PASSWORD);
  });

  it('lists the devices, signs out another one, and shows the recent activity', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    const phone = await Viewer.signIn(email);
    await openAccount();
    const devices = user().page.getByRole('region', { name: 'Devices' });
    await devices.getByText('This device').waitFor();
    await devices.getByRole('button', { name: 'Sign out Unknown device' }).press('Enter');
    await devices.getByText('Device signed out.').waitFor();
    expect(await devices.getByRole('listitem').count()).toBe(1);
    expect((await phone.requestPlayback(phone.profileId)).status).toBe(401);
    const activity = user().page.getByRole('region', { name: 'Recent activity' });
    await activity.getByText('Device signed out').waitFor();
    await activity.getByText('Account created').waitFor();
  });

  it('downloads the data of the account, deletes it after a confirmation, and signs out', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    await openAccount();
    const ownData = user().page.getByRole('region', { name: 'Your data' });
    await ownData.getByText('Download the file').press('Enter');
    await ownData.getByLabel('Current password').fill(Viewer.password);
    const download = user().page.waitForEvent('download');
    await user().button('Download my data').click();
    const data = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Schema<'AccountExport'>;
    expect(data.user).toMatchObject({ account: { email }, profiles: [{ name: 'Bea' }] });
    const deletion = user().page.getByRole('region', { name: 'Delete account' });
    await deletion.getByText('Delete your account and its data').press('Enter');
    await deletion.getByLabel(`Type ${email} to confirm`).fill('another@example.com');
    await deletion.getByLabel('Current password').fill(Viewer.password);
    const submit = deletion.getByRole('button', { name: 'Delete account forever' });
    await submit.click();
    expect(await deletion.locator('input:invalid').count()).toBe(1);
    await deletion.getByLabel(`Type ${email} to confirm`).fill(email);
    await submit.click();
    await user().heading('Your account is being deleted').waitFor();
    await user().link('Sign in').waitFor();
    await user().page.goto('/');
    await user().link('Sign in').waitFor();
  });

  it('changes the email when the link to the new address is opened', async () => {
    const [email, newEmail] = [uniqueEmail(), uniqueEmail()];
    await user().signUp('Bea', email, Viewer.password);
    await openAccount();
    const change = user().page.getByRole('region', { name: 'Email' });
    await change.getByLabel('New email').fill(newEmail);
    await change.getByLabel('Current password').fill(Viewer.password);
    await change.getByRole('button', { name: 'Change email' }).click();
    await user().page.getByText(`We sent a link to ${newEmail}.`).waitFor();
    await user().page.goto(await readLink(newEmail, '/verify-email'));
    await user().heading('Your address is confirmed').waitFor();
    await user().page.goto('/');
    await user().signOut();
    await user().signIn(newEmail, Viewer.password);
  });
});
