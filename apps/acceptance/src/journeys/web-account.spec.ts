import { readFile } from 'node:fs/promises';
import type { Schema } from '@viernes/api-client';
import { LANGUAGES } from '@viernes/translations';
import { openUserPerTest } from '../support/browser-user.js';
import { eventually } from '../support/eventually.js';
import { readLink } from '../support/mails.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

const NEW_PASSWORD = 'battery staple horse';

describe.each(LANGUAGES)('accounts in the web app in the language %s', (language) => {
  const user = openUserPerTest({ language });
  const web = () => user().web;

  const openAccount = async (): Promise<void> => {
    await web().button('app.profileMenu').click();
    await web().link('account.heading').click();
    await web().heading('account.heading').waitFor();
  };
  /** Opens the account page of a new account. */
  const signUp = async (): Promise<string> => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    await openAccount();
    return email;
  };

  it('verifies the email with the link in a mail, once', async () => {
    const email = await signUp();
    await web().elementContaining('account.isNotVerified').waitFor();
    const link = await readLink(email, '/verify-email');
    await user().page.goto(link);
    await web().heading('account.verified').waitFor();
    await web().link('app.goHome').click();
    await openAccount();
    await web().elementWithExactText('account.isVerified').waitFor();
    await user().page.goto('/');
    await user().page.goto(link);
    await web().elementContaining('problems.LINK_EXPIRED').waitFor();
  });

  it('replaces a forgotten password with the link in a mail', async () => {
    const email = await signUp();
    await user().signOut();
    await web().link('app.signIn').click();
    await web().link('account.forgotPassword').click();
    // The page before it also has a field for the email.
    await web().heading('account.forgotPassword').waitFor();
    await web().field('signIn.email').fill(email);
    await web().button('account.sendLink').click();
    await web().heading('account.mailSent').waitFor();
    await user().page.goto(await readLink(email, '/reset-password'));
    await web().field('account.newPassword').fill(NEW_PASSWORD);
    await web().button('account.savePassword').click();
    await web().heading('account.passwordSaved').waitFor();
    await web().link('account.checkPasskeys').click();
    await web().field('signIn.email').fill(email);
    await web().field('signIn.password').fill(NEW_PASSWORD);
    await web().button('signIn.signIn').click();
    await web().heading('passkeys.heading').waitFor();
  });

  it('changes the password, and shows that the current one is wrong', async () => {
    const email = await signUp();
    const change = web().region('signIn.password');
    await change.field('account.currentPassword').fill('not the password');
    await change.field('account.newPassword').fill(NEW_PASSWORD);
    await change.button('account.savePassword').click();
    await web().elementContaining('problems.PASSWORD_WRONG').waitFor();
    await change.field('account.currentPassword').fill(Viewer.password);
    await change.button('account.savePassword').click();
    await web().elementContaining('account.passkeysRemain').waitFor();
    await user().signOut();
    await user().signIn(email, NEW_PASSWORD);
  });

  it('lists the devices, signs out one device and then all others, and shows the recent activity', async () => {
    const email = uniqueEmail();
    await user().signUp('Bea', email, Viewer.password);
    const phone = await Viewer.signIn(email);
    await openAccount();
    const devices = web().region('devices.heading');
    await devices.elementContaining('devices.current').waitFor();
    const device = web().text('devices.unknown');
    await devices.button('devices.signOutDevice', { device }).press('Enter');
    await devices.elementContaining('devices.signedOut').waitFor();
    expect(await devices.items().count()).toBe(1);
    expect((await phone.requestPlayback(phone.profileId)).status).toBe(401);

    const others = [await Viewer.signIn(email), await Viewer.signIn(email)];
    await user().page.reload();
    await devices.button('devices.signOutOthers').press('Enter');
    await devices.elementContaining('devices.othersSignedOut').waitFor();
    expect(await devices.items().count()).toBe(1);
    for (const other of others) expect((await other.requestPlayback(other.profileId)).status).toBe(401);
    const activity = web().region('securityEvents.heading');
    await activity.elementContaining('securityEvents.sessionEnded').waitFor();
    await activity.elementContaining('securityEvents.sessionsEnded').waitFor();
    await activity.elementContaining('securityEvents.accountCreated').waitFor();
  });

  it('downloads the data of the account, deletes it after a confirmation, and signs out', async () => {
    const email = await signUp();
    const ownData = web().region('accountExport.heading');
    await ownData.elementContaining('accountExport.summary').press('Enter');
    await ownData.field('account.currentPassword').fill(Viewer.password);
    const download = user().page.waitForEvent('download');
    await ownData.button('accountExport.download').click();
    expect((await download).suggestedFilename()).toBe('viernes-account.json');
    const data = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Schema<'AccountExport'>;
    expect(data.user).toMatchObject({ account: { email }, profiles: [{ name: 'Bea', language }] });
    await ownData.elementContaining('accountExport.saved').waitFor();
    const deletion = web().region('accountDeletion.heading');
    await deletion.elementContaining('accountDeletion.summary').press('Enter');
    const confirmation = deletion.field('accountDeletion.confirm', { email });
    await confirmation.fill('another@example.com');
    await deletion.field('account.currentPassword').fill(Viewer.password);
    await deletion.button('accountDeletion.delete').click();
    expect(await confirmation.and(user().page.locator(':invalid')).count()).toBe(1);
    await confirmation.fill(email);
    await deletion.button('accountDeletion.delete').click();
    await web().heading('accountDeletion.done').waitFor();
    await web().link('app.signIn').waitFor();
    await user().page.goto('/');
    await web().link('app.signIn').waitFor();
  });

  it('changes the email when the link to the new address is opened', async () => {
    await signUp();
    const newEmail = uniqueEmail();
    const change = web().region('signIn.email');
    await change.field('account.newEmail').fill(newEmail);
    await change.field('account.currentPassword').fill(Viewer.password);
    await change.button('account.changeEmail').click();
    await web().elementContaining('account.emailChangeSent', { email: newEmail }).waitFor();
    await user().page.goto(await readLink(newEmail, '/verify-email'));
    await web().heading('account.verified').waitFor();
    await user().page.goto('/');
    await user().signOut();
    await user().signIn(newEmail, Viewer.password);
  });

  it('empties the form after each change of the email, even to the same email', async () => {
    await signUp();
    const newEmail = uniqueEmail();
    const change = web().region('signIn.email');
    const [email, password] = [change.field('account.newEmail'), change.field('account.currentPassword')];
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await email.fill(newEmail);
      await password.fill(Viewer.password);
      const response = user().page.waitForResponse((received) => received.url().endsWith('/v1/account/email'));
      await change.button('account.changeEmail').click();
      expect((await response).status()).toBe(202);
      await eventually(
        async () => [await email.inputValue(), await password.inputValue()],
        (values) => values.every((value) => value === ''),
        { what: 'the form is empty' },
      );
    }
  });
});
