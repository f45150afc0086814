import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import { BrowserUser } from '../support/browser-user.js';
import { openBrowser, openContext } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { unique, uniqueEmail, uniqueWord } from '../support/unique.js';
import { frameContrast, videoState } from '../support/video-element.js';
import { longVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

/** Far enough from the start to distinguish a resumed playback from a new one. */
const WATCHED_SECONDS = 12;
const RESUME_TOLERANCE_SECONDS = 10;
/** On a scale of 0 to 128. A blank frame has 0, a frame of a test video about 60. */
const MIN_CONTRAST = 8;

/** Polls, because videos start and change scenes with black frames. */
async function expectVisibleFrame(page: Page): Promise<void> {
  await eventually(
    () => frameContrast(page),
    (contrast) => contrast > MIN_CONTRAST,
    { withinSeconds: 20, what: 'the video element shows a frame' },
  );
}

describe('film night in a browser', () => {
  let browser: Browser;
  let user: BrowserUser;
  const film = unique('Film night');

  beforeAll(async () => {
    // Without demo data, the home page would be empty.
    await (await Editor.signIn()).createTitle(unique('Tonight'), { genres: ['Drama'] });
    browser = await openBrowser();
    user = await BrowserUser.open(await openContext(browser));
  });

  afterAll(async () => {
    await user.close();
    await browser.close();
  });

  afterEach(() => {
    expect(user.errors).toEqual([]);
  });

  it('shows rows of titles on the home page without an account', async () => {
    await user.page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await user.page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await user.page.locator('main a[href^="/titles/"]').count()).toBeGreaterThan(0);
  });

  it('finds a title by its name on the browse page', async () => {
    const word = uniqueWord();
    const editor = await Editor.signIn();
    const title = await editor.createTitle(`The ${word} affair`, { synopsis: 'A detective searches.' });
    await user.search(word);
    await user.link(title.name).click();
    await user.heading(title.name).waitFor();
    await user.page.getByText('A detective searches.').waitFor();
  });

  it('signs a new viewer up, in and out, and offers no upload', async () => {
    const email = uniqueEmail();
    await user.signUp('Bea', email, Viewer.password);
    await user.signOut();
    await user.signIn(email, Viewer.password);
    expect(await user.link('Upload').count()).toBe(0);
    await user.signOut();
  });

  it('uploads a video, shows the progress of every rendition, and plays it', async () => {
    await user.signIn(config.editorEmail, config.editorPassword);
    await user.upload(film, await longVideo());

    const samples: Readonly<Record<string, number>>[] = [];
    const state = user.page.getByTestId('asset-state');
    await eventually(
      async () => {
        samples.push(await user.progressBars());
        return (await state.count()) === 0 ? '' : ((await state.getAttribute('data-state')) ?? '');
      },
      (value) => value === 'ready',
      { withinSeconds: 200, what: 'the page shows that the asset is ready' },
    );
    const last = await user.progressBars();
    expect(last).toMatchObject({ Upload: 100, Audio: 100, '240p': 100, '480p': 100 });
    const inProgress = samples.flatMap((bars) =>
      Object.entries(bars).filter(([, percent]) => percent > 0 && percent < 100),
    );
    expect(inProgress.map(([name]) => name)).toContain('480p');

    await user.link('Play now').click();
    const { page } = user;
    const started = await eventually(
      () => videoState(page),
      ({ currentSeconds }) => currentSeconds > 1,
    );
    expect(started.durationSeconds).toBeGreaterThan(29);
    expect(started.widthPx).toBeGreaterThan(0);
    await expectVisibleFrame(page);
    await eventually(
      () => videoState(page),
      ({ currentSeconds }) => currentSeconds > WATCHED_SECONDS,
    );
  });

  it('resumes at the last position after a reload of the player page', async () => {
    const { page } = user;
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
    await expectVisibleFrame(page);
    // On a slow machine, the video would otherwise finish before the next test.
    const reported = page.waitForResponse((response) => response.url().endsWith('/heartbeats'));
    await page.locator('video').evaluate((element) => (element as HTMLVideoElement).pause());
    await reported;
  });

  it('offers a started title under "Continue watching" on the home page', async () => {
    const { page } = user;
    await page.getByRole('link', { name: 'Back to the title' }).click();
    await user.link('Home').click();
    await user.heading('Continue watching').waitFor();
    await user.link(`Resume ${film}`).waitFor();
  });

  it('no longer offers a title that is removed from "Continue watching", even after a reload', async () => {
    const { page } = user;
    const row = page.getByRole('region', { name: 'Continue watching' });
    await row.getByRole('button', { name: `Remove ${film} from the history` }).press('Enter');
    await user.link(`Resume ${film}`).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await user.link(`Resume ${film}`).count()).toBe(0);
    const history = page.waitForResponse((response) => response.url().includes('/v1/history'));
    await user.button('Profile menu').click();
    await user.link('Viewing history').click();
    expect(await (await history).text()).not.toContain(film);
  });
});
