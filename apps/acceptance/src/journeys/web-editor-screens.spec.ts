import type { Schema } from '@viernes/api-client';
import { LANGUAGES } from '@viernes/translations';
import type { Browser } from 'playwright-core';
import { createAdmin } from '../support/admin.js';
import { openBrowser } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, requireBody, send } from '../support/http.js';
import { ScreenTexts } from '../support/screen-texts.js';
import { ScreenVisitor } from '../support/screen-visitor.js';
import { unique, uniqueWord } from '../support/unique.js';
import { shortVideo, type VideoFile } from '../support/video-files.js';
import { VisitedRoutes } from '../support/visited-routes.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';

describe('the screens of editors and admins', () => {
  const texts = new ScreenTexts();
  const word = uniqueWord();
  let routes: VisitedRoutes;
  let browser: Browser;
  let editor: Editor;
  let video: VideoFile;

  beforeAll(async () => {
    [editor, video, browser] = await Promise.all([Editor.signIn(), shortVideo(), openBrowser()]);
    routes = await VisitedRoutes.read();
    texts.addWritten(video.fileName, word);
  });
  afterAll(() => browser.close());

  describe.each(LANGUAGES)('in the language %s', (language) => {
    let user: ScreenVisitor;
    let email: string;
    let film: Schema<'Title'>;
    let series: Schema<'Title'>;

    beforeAll(async () => {
      email = await createAdmin(language);
      film = await editor.createTitle(unique(word), {
        ...{ releaseYear: 1926, genres: ['Drama'] },
        credits: [{ name: unique(word), role: 'director' }],
      });
      series = await editor.createTitle(unique(word), { kind: 'series' });
      await editor.createSeason(series.id, { number: 1, episodes: [{ number: 1, name: unique('Pilot') }] });
      user = await ScreenVisitor.open(browser, language, texts, routes);
      await user.signIn(email);
    });
    afterAll(() => user.page.close());
    afterEach(() => {
      expect(user.errors).toEqual([]);
    });

    const change = async (path: string, body: object): Promise<void> => {
      const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
      requireBody(await send('PATCH', path, { token: editor.token, headers, body }), 200);
    };

    it('the screens of editors and admins are translated and accessible', async () => {
      const { page } = user;
      // A page without the titles of other tests.
      await user.go('/my-list');
      await user.button('app.profileMenu').click();
      await user.check('profile menu', user.link('admin.heading'));
      await user.go(`/titles/${film.id}`);
      await user.check('title', user.link('common.uploadVideo').or(user.link('common.uploadAnotherVideo')));
      await user.go('/editor');
      await user.field('search.label').fill(film.name);
      await user.check('editor', page.getByRole('link', { name: film.name }));
      await user.go('/admin');
      await user.field('admin.searchEmail').fill(email);
      await user.check('administration', user.field('admin.role', { email }));
      await user.go('/admin/usage');
      await user.elementContaining('usage.asTable').waitFor();
      await user.unfold();
      await user.check('usage of the API', user.heading('usage.topOperations'));
    });

    it('the screens of the upload are translated and accessible', async () => {
      const { page } = user;
      await user.go('/upload');
      await user.field('search.label').fill(film.name);
      await user.check('upload', page.getByRole('button', { name: film.name }));
      await user.button('upload.newTitle').click();
      await user.check('upload of a new title', user.button('upload.createTitle'));
      await user.go(`/upload?title=${series.id}`);
      await user.check('upload of an episode', user.field('upload.episode'));
      await user.go(`/upload?title=${film.id}`);
      await user.button('upload.changeTitle').waitFor();
      await user
        .field('upload.chooseFile')
        .setInputFiles({ name: video.fileName, mimeType: 'video/mp4', buffer: video.bytes });
      await user.button('upload.start').click();
      await user.check('uploaded video', page.locator('[data-state=ready]'));
    });

    it('the screens that edit a title are translated and accessible', async () => {
      const { page } = user;
      await user.go('/editor/titles/new');
      for (const row of ['credit', 'image', 'window'] as const) await user.button(`editor.rows.${row}.add`).click();
      await user.check('new title', user.heading('editor.newTitle'));
      await user.field('editor.fields.name').fill(word);
      await user.link('app.browse').click();
      await user.check('unsaved changes', page.getByRole('dialog'));

      await user.go(`/editor/titles/${film.id}`);
      await user.field('editor.fields.releaseYear').fill('1927');
      await user.check('changes of a title', user.elementContaining('editor.changes.before'));
      await change(`/v1/titles/${film.id}`, { releaseYear: 1928, synopsis: 'Theirs' });
      await user.button('editor.save').click();
      await user.check('conflict', user.elementContaining('editor.conflict.replacesTheirs'));
      await user.button('editor.conflict.apply').click();
      await user.button('editor.save').click();
      await user.elementContaining('editor.saved').first().waitFor();
      await user.check(
        'history of a title',
        user.elementContaining('editor.history.replaced', { account: user.text('editor.history.you') }),
      );
      await user.button('editor.deleteTitle').click();
      await user.check('deletion of a title', page.getByRole('dialog'));
      await user.button('common.delete').click();
      await user.check('deleted title', user.button('editor.restoreTitle'));
      await user.button('editor.restoreTitle').click();
      await user.heading('editor.editName', { name: film.name }).waitFor();
    });

    it('the screens that edit people and seasons are translated and accessible', async () => {
      const { page } = user;
      const details = await call(apiClient().GET('/v1/titles/{id}', { params: { path: { id: film.id } } }));
      await user.go(`/editor/people/${requireBody(details, 200).credits[0]?.personId}`);
      await user.field('editor.fields.name').fill(word);
      await user.check('editor of a person', user.elementContaining('editor.changes.before'));
      await user.button('editor.discard').click();
      await user.button('editor.people.delete').click();
      await user.check('deletion of a person', page.getByRole('dialog'));
      await user.button('common.delete').click();
      await user.check('deleted person', user.button('editor.people.restore'));
      await user.go('/editor/deletions');
      await user.check('deletions', user.elementContaining('editor.deletions.restore'));
      await user.go('/editor/people/new');
      await user.check('new person', user.button('editor.people.create'));
      await user.go(`/editor/titles/${series.id}/seasons`);
      await user.check('seasons', user.elementContaining('editor.seasons.choose'));
      await user.go(`/editor/titles/${series.id}/seasons/new`);
      await user.button('editor.rows.episode.add').click();
      await user.check('new season', user.button('editor.seasons.create'));
      await user.go(`/editor/titles/${series.id}/seasons/1`);
      await user.button('editor.rows.episode.remove', { row: 1 }).click();
      await user.check('season', user.elementContaining('editor.changes.before'));
      await user.button('editor.discard').click();
      await user.button('editor.seasons.delete').click();
      await user.check('deletion of a season', page.getByRole('dialog'));
      await user.button('common.delete').click();
      await user.check('deleted season', user.button('common.undo'));
    });

    it('the screens of webhooks are translated and accessible', async () => {
      const { page } = user;
      const receiver = await startWebhookReceiver();
      await user.go('/editor/webhooks');
      await user.elementContaining('editor.webhooks.none').waitFor();
      await user.field('editor.webhooks.url').fill(receiver.url);
      await user.field('editor.webhooks.assetFailed').check();
      await user.button('editor.webhooks.create').click();
      await page.locator('.issued-secret').waitFor();
      const action = (name: 'sendTest' | 'delete') =>
        user.button('editor.webhooks.nameAction', { action: user.text(`editor.webhooks.${name}`), url: receiver.url });
      await action('sendTest').click();
      await eventually(
        async () => receiver.messages.length,
        (count) => count > 0,
      );
      await user.button('editor.webhooks.refresh').click();
      await user.check('webhooks', user.elementContaining('editor.webhooks.redeliver'));
      await action('delete').click();
      await user.check('deletion of a webhook', page.getByRole('dialog'));
      await user.button('editor.webhooks.deleteConfirm').click();
      await user.elementContaining('editor.webhooks.deleted').waitFor();
      receiver.close();
    });

    it('the screens of an import are translated and accessible', async () => {
      const { page } = user;
      const choose = async (name: string, text: string): Promise<void> => {
        const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
        await user.field('editor.import.file').setInputFiles(file);
        await user.button('editor.import.preview').click();
      };
      await user.go('/editor/import');
      await choose(`${word}.csv`, 'first,last\nAda,Lovelace\n');
      await user.check('rejected file', user.heading('editor.import.stopped'));
      const csv = ['show_id,type,title,cast', `s1,Movie,${word} one,"Ada, , Bea"`, `s2,Podcast,${word} two,`];
      texts.addWritten('s1', 's2', 'Ada', 'Bea', 'Podcast', 'cast', 'type');
      await choose(`${word}.csv`, csv.join('\n'));
      await user.check('preview of an import', user.heading('editor.import.previewDone'));
      await user.button('editor.import.start').click();
      await user.check('import', user.heading('editor.import.done'));
      await page.getByRole('table').first().waitFor();
    });
  });

  it('every language has the same screens, and shares no text with another one', () => {
    const [first = [], ...others] = LANGUAGES.map((language) => texts.listScreens(language));
    expect(first.length).toBeGreaterThan(20);
    for (const other of others) expect(other).toEqual(first);
    expect(texts.listUntranslated()).toEqual([]);
  });

  it('every route for editors and admins is visited', () => {
    expect(routes.listUnvisited('editors')).toEqual([]);
  });
});
