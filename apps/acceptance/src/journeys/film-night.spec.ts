import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import type { Title } from '../support/api-types.js';
import { openBrowser } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { longFilm } from '../support/films.js';
import { pictureContrast, videoState } from '../support/screen.js';
import { unique, uniqueEmail, uniqueWord } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';
import { Visitor } from '../support/visitor.js';

/** Far enough that a film which began anew could not be taken for one that went on. */
const WATCHED_SECONDS = 12;
const RESUME_TOLERANCE_SECONDS = 10;
/** Of 0 to 128; a blank frame has 0, a test picture some 60. */
const LEAST_CONTRAST = 8;

/** Not at one moment: films begin and change scenes in black. */
async function seePicture(page: Page): Promise<void> {
  await eventually(
    () => pictureContrast(page),
    (contrast) => contrast > LEAST_CONTRAST,
    { withinSeconds: 20, what: 'the video shows a picture' },
  );
}

describe('film night in a browser', () => {
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    // On a platform without seed: something for the home screen to show.
    await (await Editor.signIn()).makeTitle(unique('Tonight'), { genres: ['Drama'] });
    browser = await openBrowser();
    visitor = await Visitor.arrive(browser);
  });

  afterAll(async () => {
    await visitor.leave();
    await browser.close();
  });

  afterEach(() => {
    expect(visitor.faults).toEqual([]);
  });

  it('shows rows of titles to whoever comes by', async () => {
    await visitor.page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await visitor.page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await visitor.page.locator('main a[href^="/titles/"]').count()).toBeGreaterThan(0);
  });

  it('finds a title by its name', async () => {
    const word = uniqueWord();
    const title: Title = await (
      await Editor.signIn()
    ).makeTitle(`The ${word} affair`, { synopsis: 'Somebody is searched.' });
    await visitor.search(word);
    await visitor.link(title.name).click();
    await visitor.heading(title.name).waitFor();
    await visitor.page.getByText('Somebody is searched.').waitFor();
  });

  it('lets a new viewer sign up and out', async () => {
    const email = uniqueEmail();
    await visitor.signUp('Bea', email, Viewer.password);
    await visitor.signOut();
    await visitor.signIn(email, Viewer.password);
    expect(await visitor.link('Upload').count()).toBe(0);
    await visitor.signOut();
  });

  it('takes a film from the editor, is told of every rung, and plays it', async () => {
    await visitor.signIn(config.editorEmail, config.editorPassword);
    await visitor.upload(unique('Film night'), await longFilm());

    const seen: Readonly<Record<string, number>>[] = [];
    const state = visitor.page.getByTestId('asset-state');
    await eventually(
      async () => {
        seen.push(await visitor.progressBars());
        return (await state.count()) === 0 ? '' : ((await state.getAttribute('data-state')) ?? '');
      },
      (is) => is === 'ready',
      { withinSeconds: 200, what: 'the page says that the film is ready' },
    );
    const last = await visitor.progressBars();
    expect(last).toMatchObject({ Upload: 100, Sound: 100, '240p': 100, '480p': 100 });
    const halfDone = seen.flatMap((bars) => Object.entries(bars).filter(([, percent]) => percent > 0 && percent < 100));
    expect(halfDone.map(([name]) => name)).toContain('480p');

    await visitor.link('Play now').click();
    const { page } = visitor;
    const begun = await eventually(
      () => videoState(page),
      ({ currentSeconds }) => currentSeconds > 1,
    );
    expect(begun.durationSeconds).toBeGreaterThan(29);
    expect(begun.widthPx).toBeGreaterThan(0);
    await seePicture(page);
    await eventually(
      () => videoState(page),
      ({ currentSeconds }) => currentSeconds > WATCHED_SECONDS,
    );
  });

  it('goes on where the viewer stopped, after the page was loaded anew', async () => {
    const { page } = visitor;
    const stopped = await videoState(page);
    await page.reload();
    const resumed = await eventually(
      () => videoState(page),
      ({ currentSeconds, isPaused }) => currentSeconds > 0 && !isPaused,
    );
    expect(Math.abs(resumed.currentSeconds - stopped.currentSeconds)).toBeLessThan(RESUME_TOLERANCE_SECONDS);
    await eventually(
      () => videoState(page),
      ({ currentSeconds }) => currentSeconds > resumed.currentSeconds + 1,
    );
    await seePicture(page);
  });

  it('offers the film on the home screen, to go on with', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: 'Back to the title' }).click();
    await visitor.link('Home').click();
    await visitor.heading('Continue watching').waitFor();
    await page
      .getByRole('link', { name: /^Resume Film night/ })
      .first()
      .waitFor();
  });
});
