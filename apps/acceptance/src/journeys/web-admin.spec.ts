import { LANGUAGES } from '@viernes/translations';
import { createAdmin } from '../support/admin.js';
import { openUserPerTest } from '../support/browser-user.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe.each(LANGUAGES)('administration in the web app in the language %s', (language) => {
  const user = openUserPerTest({ language });
  const web = () => user().web;

  it('changes the role of an account, and ends its sessions when the role is removed', async () => {
    const viewer = await Viewer.signUp();
    const { email } = viewer;
    await user().signIn(await createAdmin(language), Viewer.password);
    await web().button('app.profileMenu').click();
    await web().link('admin.heading').click();
    await web().heading('admin.heading').waitFor();
    await web().field('admin.searchEmail').fill(email);
    const role = web().field('admin.role', { email });
    await role.waitFor();

    await role.selectOption(web().text('admin.editor'));
    await web()
      .elementContaining('admin.changed', { email, role: web().text('admin.editor') })
      .waitFor();
    const editor = await Viewer.signIn(email);
    expect(editor.session.account.role).toBe('editor');

    await role.selectOption(web().text('admin.viewer'));
    await web()
      .elementContaining('admin.changed', { email, role: web().text('admin.viewer') })
      .waitFor();
    expect((await editor.requestPlayback(editor.profileId)).status).toBe(401);
    expect((await Viewer.signIn(email)).session.account.role).toBe('viewer');
  });

  it('shows the page to admins only', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await user().page.goto('/admin');
    await web().heading('admin.adminsOnly').waitFor();
  });
});
