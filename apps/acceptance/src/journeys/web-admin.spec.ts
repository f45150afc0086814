import { config } from '../config.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Viewer } from '../support/viewer.js';

describe('administration in the web app', () => {
  const user = openUserPerTest();

  it('gives an account another role, and signs it out when the role is taken away', async () => {
    if (config.adminEmail === undefined) throw new Error('ADMIN_EMAIL is not set. Run npm test.');
    const viewer = await Viewer.signUp();
    await user().signIn(config.adminEmail, config.editorPassword);
    await user().button('Profile menu').click();
    await user().link('Accounts').click();
    await user().heading('Accounts').waitFor();
    await user().page.getByLabel('Search by email').fill(viewer.email);
    const role = user().page.getByLabel(`Role of ${viewer.email}`);
    await role.waitFor();

    await role.selectOption('Editor');
    await user().page.getByText(`${viewer.email} now has the role Editor.`).waitFor();
    const editor = await Viewer.signIn(viewer.email);
    expect(editor.session.account.role).toBe('editor');

    await role.selectOption('Viewer');
    await user().page.getByText(`${viewer.email} now has the role Viewer.`).waitFor();
    expect((await editor.requestPlayback(editor.profileId)).status).toBe(401);
    expect((await Viewer.signIn(viewer.email)).session.account.role).toBe('viewer');
  });

  it('shows the page to admins only', async () => {
    const viewer = await Viewer.signUp();
    await user().page.goto('/sign-in?return=/admin');
    await user().page.getByLabel('Email').fill(viewer.email);
    await user().page.getByLabel('Password').fill(Viewer.password);
    await user().button('Sign in').click();
    await user().heading('For admins only').waitFor();
  });
});
