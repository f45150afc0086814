import type { Schema } from '@viernes/api-client';
import { LANGUAGES } from '@viernes/translations';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, requireBody } from '../support/http.js';
import { readLink } from '../support/mails.js';
import { connectAuthenticator } from '../support/passkeys.js';
import { ScreenTexts } from '../support/screen-texts.js';
import { ScreenVisitor } from '../support/screen-visitor.js';
import { unique, uniqueEmail, uniqueWord } from '../support/unique.js';
import { videoState } from '../support/video-element.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';
import { VisitedRoutes } from '../support/visited-routes.js';

const PIN = '0412';
const TYPED_LETTERS = 8;

describe('the screens of viewers', () => {
  const texts = new ScreenTexts();
  const word = uniqueWord();
  let routes: VisitedRoutes;
  let browser: Browser;
  let film: Schema<'Title'>;
  let series: Schema<'Title'>;
  let personId: string;

  beforeAll(async () => {
    // The genre of the title that the smoke test of the command-line client uploads in edge-only/.
    texts.addWritten('Test');
    const editor = await Editor.signIn();
    const credits = [{ name: `${word}c`, role: 'director' as const }];
    film = await editor.createReadyTitle(`${word}a`, await shortVideo(), {
      genres: ['Science Fiction', 'Drama'],
      countries: ['DE'],
      languages: ['de'],
      releaseYear: 1927,
      maturityRating: 'PG',
      synopsis: 'Written by an editor.',
      credits,
    });
    series = await editor.createTitle(`${word}b`, { kind: 'series', genres: ['Drama'], seasonCount: 1, credits });
    await editor.createSeason(series.id, { number: 1, episodes: [{ number: 1, name: unique('Pilot') }] });
    const details = await call(apiClient().GET('/v1/titles/{id}', { params: { path: { id: film.id } } }));
    personId = requireBody(details, 200).credits[0]?.personId ?? '';
    // The edge can still have the empty page of a new platform.
    await eventually(
      async () => requireBody(await call(apiClient().GET('/v1/home', {})), 200),
      ({ rows }) => rows.length > 0,
    );
    // The suggestions mark what was typed.
    for (const typed of [word.slice(0, TYPED_LETTERS), word]) {
      texts.addWritten(typed, ...['a', 'b', 'c'].map((end) => `${word}${end}`.slice(typed.length)));
    }
    routes = await VisitedRoutes.read();
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  describe.each(LANGUAGES)('in the language %s', (language) => {
    const email = uniqueEmail();
    let user: ScreenVisitor;

    beforeAll(async () => {
      user = await ScreenVisitor.open(browser, language, texts, routes);
      await connectAuthenticator(user.page);
    });
    afterAll(() => user.page.close());
    afterEach(() => {
      expect(user.errors).toEqual([]);
    });

    it('the screens of guests are translated and accessible', async () => {
      const { page } = user;
      await user.go('/');
      await user.check('home', page.getByRole('heading', { level: 2 }));
      await user.go('/browse?kind=film&genre=Drama&yearFrom=1900');
      await user.check('browse', page.getByRole('list').getByRole('article'));
      await user.field('search.label').pressSequentially(word.slice(0, TYPED_LETTERS));
      await page.getByRole('option').first().waitFor();
      await user.field('search.label').press('ArrowDown');
      await user.check('suggestions', page.getByRole('option', { selected: true }));
      await user.go('/browse?query=xqzxqzxqz&kind=series&country=DE');
      await user.elementContaining('browse.noMatch').first().waitFor();
      // Phones show the filters on request.
      await page.setViewportSize({ width: 360, height: 800 });
      await user.button('browse.filtersActive', { count: 2 }).click();
      await user.check('search without results', user.elementContaining('browse.noMatch'));
      await user.go(`/titles/${film.id}`);
      await user.check('film', page.getByRole('heading', { name: film.name }));
      await user.go(`/titles/${series.id}`);
      await user.check('series', user.heading('common.season', { number: 1 }));
      await user.go(`/people/${personId}`);
      await user.check('person', page.getByRole('link', { name: film.name }));
    });

    it('the screens of unknown pages are translated and accessible', async () => {
      await user.go('/nowhere');
      await user.check('unknown page', user.heading('app.notFound'));
      await user.go('/titles/no-such-title');
      await user.check('unknown title', user.heading('title.notFound'));
      await user.go('/people/no-such-person');
      await user.check('unknown person', user.heading('person.notFound'));
      await user.go('/verify-email');
      await user.check('used link', user.heading('account.notVerified'));
      await user.go('/sign-in/callback');
      await user.check('unfinished sign-in', user.heading('signIn.notFinished'));
    });

    it('the screens from the sign-up to a new password are translated and accessible', async () => {
      await user.go('/sign-in');
      await user.field('signIn.email').fill(email);
      await user.field('signIn.password').fill(Viewer.password);
      await user.button('signIn.signIn').click();
      await user.check('sign-in', user.elementContaining('problems.CREDENTIALS_WRONG'));
      await user.button('signIn.create').click();
      await user.field('signIn.yourName').fill('Ana');
      await user.field('signIn.email').fill('ana@localhost');
      await user.field('signIn.password').fill(Viewer.password);
      await user.button('signIn.submitNew').click();
      await user.check('sign-up', user.elementContaining('invalidFields.email'));
      await user.field('signIn.email').fill(email);
      await user.button('signIn.submitNew').click();
      await user.button('app.profileMenu').waitFor();
      await user.go(await readLink(email, '/verify-email'));
      await user.check('confirmed email', user.heading('account.verified'));

      await user.go('/forgot-password');
      await user.check('forgotten password', user.heading('account.forgotPassword'));
      await user.field('signIn.email').fill(email);
      await user.button('account.sendLink').click();
      await user.check('sent link', user.heading('account.mailSent'));
      await user.go(await readLink(email, '/reset-password'));
      await user.check('new password', user.heading('account.resetPassword'));
      await user.field('account.newPassword').fill(Viewer.password);
      await user.button('account.savePassword').click();
      await user.check('saved password', user.heading('account.passwordSaved'));
    });

    it('the screens of an account are translated and accessible', async () => {
      const { page } = user;
      await user.signIn(email);
      await user.go('/account');
      await page.locator('#account-password ~ form').waitFor();
      await user.unfold();
      const passkeys = page.getByRole('region', { name: user.text('passkeys.heading') });
      await passkeys.getByLabel(user.text('passkeys.name')).fill('Laptop');
      await passkeys.getByLabel(user.text('account.currentPassword')).fill(Viewer.password);
      await passkeys.getByRole('button', { name: user.text('passkeys.add') }).click();
      await user.elementContaining('passkeys.added').waitFor();
      const password = page.getByRole('region', { name: user.text('signIn.password') });
      await password.getByLabel(user.text('account.currentPassword')).fill('not the password');
      await password.getByLabel(user.text('account.newPassword')).fill(Viewer.password);
      await password.getByRole('button').click();
      await user.elementContaining('problems.PASSWORD_WRONG').waitFor();
      await user.unfold();
      await user.check('account', user.elementContaining('securityEvents.accountCreated'));
      await user.go('/account/api-keys');
      await user.check('API keys', user.elementContaining('apiKeys.none'));
      await user.go('/developers');
      for (const name of ['REST', 'SOAP', 'WebSocket', 'Connect']) {
        await user.button('developers.try', { name }).click();
        await page.getByRole('region', { name: user.text('developers.response', { name }) }).waitFor();
      }
      await user.check('developers', user.elementContaining('developers.connections.open'));
      await user.go('/account/usage');
      await user.elementContaining('usage.asTable').waitFor();
      await user.unfold();
      await user.check('usage', user.heading('usage.topOperations'));
    });

    it('the screens of profiles are translated and accessible', async () => {
      const { page } = user;
      await user.go('/profiles/new');
      await user.field('profiles.name').fill('Bo');
      await user.field('profiles.isKids').check();
      await user.check('new profile', user.heading('profiles.add'));
      await user.field('profiles.maximumAge').selectOption('7');
      await user.button('profiles.create').click();
      await user.check('profiles', page.getByRole('link', { name: /^Bo/ }));
      await page.getByRole('link', { name: /^Ana/ }).click();
      await user.field('profiles.pin').fill(PIN);
      await user.button('profiles.setPin').click();
      await user.elementContaining('profiles.pinSaved').waitFor();
      await user.unfold();
      await user.check('profile', user.elementContaining('profiles.deletionText'));

      await user.go('/who');
      await user.check('who is watching', user.heading('profiles.who'));
      await page.getByRole('button', { name: /^Ana/ }).click();
      await user.field('profiles.pin').fill('9999');
      await user.button('profiles.continue').click();
      await user.unfold();
      await user.check('PIN', user.elementContaining('problems.PIN_WRONG'));
      await user.button('profiles.otherProfile').click();
      await page.getByRole('button', { name: 'Bo' }).click();
      await user.button('app.profileMenu').click();
      await user.check('home of kids', user.button('app.signOut'));
      await user.go('/account');
      await user.check('account of kids', user.elementContaining('problems.PROFILE_LIMITED'));
      await user.go('/who');
      await page.getByRole('button', { name: /^Ana/ }).click();
      await user.field('profiles.pin').fill(PIN);
      await user.button('profiles.continue').click();
      await user.button('app.profileMenu').waitFor();
    });

    it('the screens of lists and ratings are translated and accessible', async () => {
      const { page } = user;
      await user.go('/my-list');
      await user.check('empty list', user.elementContaining('myList.empty'));
      await user.go('/history');
      await user.check('empty history', user.elementContaining('history.empty'));
      await user.go(`/titles/${film.id}`);
      await user.button('myList.heading').click();
      await user.button('rating.up').click();
      const pressed = page.getByRole('button', { pressed: true });
      await user.button('myList.heading').and(pressed).waitFor();
      await user.check('title of a viewer', user.button('rating.up').and(pressed));
      await user.go('/my-list');
      await user.check('my list', page.getByRole('link', { name: film.name }));
    });

    it('the screens of the player and the history are translated and accessible', async () => {
      const { page } = user;
      await user.go('/party/no-such-party');
      await user.check('unknown party', user.heading('party.problem'));
      await user.go(`/titles/${film.id}`);
      await user.button('party.watchTogether').click();
      await user.field('party.message').fill('Hola');
      await user.button('party.send').click();
      texts.addWritten('Hola');
      await page.getByRole('log').getByRole('listitem').filter({ hasText: 'Ana' }).waitFor();
      await user.check('party', user.elementContaining('party.youControl'));
      await page.reload();
      await user.check('joining a party', user.button('party.join'));

      await user.go(`/watch/${film.id}`);
      await eventually(
        () => videoState(page),
        ({ currentSeconds }) => currentSeconds > 0,
        { what: 'the video plays' },
      );
      // Pauses in the middle: the home page does not offer to continue a title near its start or its end.
      await page
        .locator('video')
        .first()
        .evaluate((element) => {
          const video = element as HTMLVideoElement;
          video.pause();
          video.currentTime = video.duration / 2;
        });
      const quality = page.getByRole('button', { name: new RegExp(`^${user.text('player.quality')}`) });
      await user.check('player', quality);
      await quality.click();
      await user.check('quality', page.getByRole('menuitemradio'));
      await user.go('/watch/no-such-title');
      await user.check('unknown video', user.heading('title.notFound'));
      await user.go(`/watch/${series.id}`);
      await user.check('title without a video', user.heading('player.headings.TITLE_NOT_PLAYABLE'));

      const row = page.getByRole('region', { name: user.text('home.rows.continueWatching') });
      // The progress arrives some time after the end of the playback.
      await eventually(
        async () => {
          await user.go('/');
          await page.getByRole('heading', { level: 2 }).first().waitFor();
          return row.count();
        },
        (count) => count > 0,
        { what: 'the home page offers to continue the title' },
      );
      await user.check('home of a viewer', row);
      await user.go('/history');
      await user.check('history', page.getByRole('link', { name: film.name }));
      await user.button('history.clear').click();
      await user.check('clearing the history', page.getByRole('dialog'));
      await user.button('history.clearConfirm').click();
      await user.elementContaining('history.empty').waitFor();
    });

    it('the pages of other roles are translated and accessible', async () => {
      await user.go('/editor');
      await user.check('page of editors', user.heading('signIn.editorsOnly'));
      await user.go('/upload');
      await user.check('upload page of editors', user.heading('signIn.editorsOnly'));
      await user.go('/admin');
      await user.check('page of admins', user.heading('admin.adminsOnly'));
    });

    it('the screens of the deletion of the account are translated and accessible', async () => {
      const { page } = user;
      await user.go('/account');
      const deletion = page.getByRole('region', { name: user.text('accountDeletion.heading') });
      await deletion.waitFor();
      await user.unfold();
      await deletion.getByLabel(user.text('accountDeletion.confirm', { email })).fill(email);
      await deletion.getByLabel(user.text('account.currentPassword')).fill(Viewer.password);
      await user.button('accountDeletion.delete').click();
      await user.check('deleted account', user.heading('accountDeletion.done'));
    });
  });

  it('every language has the same screens, and shares no text with another one', () => {
    const [first = [], ...others] = LANGUAGES.map((language) => texts.listScreens(language));
    expect(first.length).toBeGreaterThan(30);
    for (const other of others) expect(other).toEqual(first);
    expect(texts.listUntranslated()).toEqual([]);
  });

  it('every route for viewers is visited', () => {
    expect(routes.listUnvisited('viewers')).toEqual([]);
  });
});
