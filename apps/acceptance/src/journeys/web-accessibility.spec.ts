import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get, requireBody } from '../support/http.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

describe('accessibility on phones and computers', () => {
  const user = openUserPerTest({ width: 360, height: 800 });
  let title: Schema<'Title'>;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    title = await editor.readyTitle(unique('Accessible'), await shortVideo());
    // The edge can still have the empty page of a new platform.
    await eventually(
      async () => requireBody(await get<Schema<'Home'>>('/v1/home'), 200),
      ({ rows }) => rows.length > 0,
    );
  });

  const violations = () => findViolations(user().page);

  it('has no violations on the home page', async () => {
    await user().page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on the home page and in the history of a viewer who has started a title', async () => {
    const viewer = await Viewer.signUp();
    const { id } = await viewer.play(title.id);
    await viewer.heartbeat(id, 4_000);
    await viewer.stop(id);
    await eventually(
      () => viewer.continueWatching(),
      (entries) => entries.length === 1,
    );
    await user().signIn(viewer.email, Viewer.password);
    await user().heading('Continue watching').waitFor();
    await user().button('Profile menu').click();
    expect(await violations()).toEqual([]);

    await user().link('Viewing history').click();
    await user().heading('Viewing history').waitFor();
    await user().link(title.name).waitFor();
    expect(await violations()).toEqual([]);
    await user().button('Clear history').click();
    const dialog = user().page.getByRole('dialog', { name: 'Clear the viewing history?' });
    expect(await violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Clear' }).click();
    await user().page.getByText('This profile has not watched anything yet.').waitFor();
    expect(await violations()).toEqual([]);
    expect(await viewer.continueWatching()).toEqual([]);
  });

  it('has no violations on the browse page with and without results', async () => {
    await user().search(title.name);
    await user().link(title.name).waitFor();
    expect(await violations()).toEqual([]);
    await user().page.goto('/browse?query=xqzxqzxqz&kind=series&country=DE');
    await user().page.getByText('No titles').first().waitFor();
    await user().page.setViewportSize({ width: 360, height: 800 });
    await user().button('Filters (2)').click();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on a title page for a guest and for an editor', async () => {
    await user().page.goto(`/titles/${title.id}`);
    await user().heading(title.name).waitFor();
    expect(await violations()).toEqual([]);
    await user().signIn(config.editorEmail, config.editorPassword);
    await user().link('Upload another video').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on the sign-in and sign-up forms and their error messages', async () => {
    await user().link('Sign in').click();
    await user().button('Sign in').waitFor();
    expect(await violations()).toEqual([]);
    await user().page.getByLabel('Email').fill(uniqueEmail());
    await user().page.getByLabel('Password').fill('a wrong password');
    await user().button('Sign in').click();
    await user().page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    expect(await violations()).toEqual([]);
    await user().button('Create one').click();
    await user().page.getByLabel('Your name').fill('Bea');
    await user().page.getByLabel('Email').fill('bea@localhost');
    await user().page.getByLabel('Password').fill(Viewer.password);
    await user().button('Create account').click();
    await user().page.getByText('Enter a valid email address.').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on the upload page before and during an upload', async () => {
    await user().signIn(config.editorEmail, config.editorPassword);
    await user().link('Upload').click();
    await user().page.getByLabel('Search titles').fill(title.name);
    await user().button('New title').waitFor();
    expect(await violations()).toEqual([]);
    await user().upload(unique('Accessible upload'), await shortVideo());
    await user().page.locator('[data-state=ready]').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on the upload page of a viewer, who cannot upload', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await user().page.goto('/upload');
    await user().page.getByRole('alert').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations in the player and its quality menu', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await user().play(title.id);
    await user()
      .page.getByRole('button', { name: /^Quality/ })
      .click();
    await user().page.getByRole('menuitemradio', { name: 'Auto' }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('has no violations on the error pages of an unknown title, playback and path', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    for (const path of [`/titles/${randomUUID()}`, `/watch/${randomUUID()}`, '/nowhere']) {
      await user().page.goto(path);
      await user().page.getByRole('alert').waitFor();
      expect({ path, violations: await violations() }).toEqual({ path, violations: [] });
    }
  });
});
