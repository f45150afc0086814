import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type MonitoredPage, openBrowser, openContext, openPage } from './browser.js';
import { eventually } from './eventually.js';
import { TranslatedElements } from './translated-elements.js';
import { videoState } from './video-element.js';
import type { VideoFile } from './video-files.js';

interface UserOptions {
  readonly viewport?: Parameters<typeof openContext>[1];
  /** Language of the browser. Default: English. */
  readonly language?: string;
}

/** A user of the web app. Finds elements by role and accessible name, as assistive technology does. */
export class BrowserUser {
  /** Finds elements by their texts in the language of the user. */
  readonly web: TranslatedElements;

  private constructor(
    private readonly monitored: MonitoredPage,
    language: string,
  ) {
    this.web = new TranslatedElements(monitored.page, language);
  }

  /** @param language that of the context */
  static async open(context: BrowserContext, language = 'en'): Promise<BrowserUser> {
    const user = new BrowserUser(await openPage(context), language);
    await user.page.goto('/');
    return user;
  }

  get page(): Page {
    return this.monitored.page;
  }

  /** Console errors, uncaught exceptions and 5xx responses so far. */
  get errors(): readonly string[] {
    return this.monitored.errors;
  }

  close(): Promise<void> {
    return this.monitored.close();
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  async search(words: string): Promise<void> {
    await this.link('Browse').click();
    const field = this.page.getByLabel('Search titles');
    await field.fill(words);
    // Closes the suggestions, which cover results.
    await field.press('Enter');
  }

  async signUp(name: string, email: string, password: string): Promise<void> {
    await this.submitSignUp(name, email, password);
    await this.web.button('app.profileMenu').waitFor();
  }

  /** Sends the sign-up form, even with values that the API rejects. */
  async submitSignUp(name: string, email: string, password: string): Promise<void> {
    await this.web.link('app.signIn').click();
    await this.web.button('signIn.create').click();
    await this.web.field('signIn.yourName').fill(name);
    await this.submitCredentials(email, password, this.web.button('signIn.submitNew'));
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.web.link('app.signIn').click();
    await this.submitCredentials(email, password, this.web.button('signIn.signIn'));
    await this.web.button('app.profileMenu').waitFor();
  }

  async signOut(): Promise<void> {
    await this.web.button('app.profileMenu').click();
    await this.web.button('app.signOut').click();
    await this.web.link('app.signIn').waitFor();
  }

  private async submitCredentials(email: string, password: string, submit: Locator): Promise<void> {
    await this.web.field('signIn.email').fill(email);
    await this.web.field('signIn.password').fill(password);
    await submit.click();
  }

  /** Opens the player page and waits until the video plays. */
  async play(titleId: string): Promise<void> {
    await this.page.goto(`/watch/${titleId}`);
    await eventually(
      () => videoState(this.page),
      ({ currentSeconds }) => currentSeconds > 0.5,
      { what: 'the video plays' },
    );
  }

  /** Creates a title on the upload page and starts an upload to it. */
  async upload(titleName: string, file: VideoFile): Promise<void> {
    await this.link('Upload').click();
    await this.button('New title').click();
    await this.page.getByLabel('Name').fill(titleName);
    await this.button('Create title').click();
    await this.button('Change title').waitFor();
    await this.page
      .getByLabel('Choose a video file')
      .setInputFiles({ name: file.fileName, mimeType: 'video/mp4', buffer: file.bytes });
    await this.button('Upload').click();
  }

  /** Returns the percentage of each progress bar on the page by its accessible name. */
  async progressBars(): Promise<Readonly<Record<string, number>>> {
    const pairs = await this.page
      .getByRole('progressbar')
      .evaluateAll((bars) =>
        bars.map((bar) => [bar.getAttribute('aria-label') ?? '', Number(bar.getAttribute('aria-valuenow'))]),
      );
    return Object.fromEntries(pairs) as Record<string, number>;
  }
}

/**
 * Launches one browser for the enclosing describe block, and opens a user without cookies or stored data before each of
 * its tests. Cached files remain, because pages then load in half the time.
 *
 * @returns a function that returns the user of the current test
 */
export function openUserPerTest({ viewport, language }: UserOptions = {}): () => BrowserUser {
  let browser: Browser;
  let context: BrowserContext;
  let user: BrowserUser;
  beforeAll(async () => {
    browser = await openBrowser();
    context = await openContext(browser, viewport, language);
  });
  beforeEach(async () => {
    await context.setStorageState({ cookies: [], origins: [] });
    user = await BrowserUser.open(context, language);
  });
  afterEach(() => user.close());
  afterAll(() => browser.close());
  return () => user;
}
