import type { Browser, Locator, Page } from 'playwright-core';
import { newVisitor } from './browser.js';
import type { WatchedPage } from './browser.js';
import type { FilmFile } from './editor.js';

/** Somebody at the page: finds things by what they are called, as people and screen readers do. */
export class Visitor {
  private constructor(private readonly watched: WatchedPage) {}

  static async arrive(browser: Browser): Promise<Visitor> {
    const visitor = new Visitor(await newVisitor(browser));
    await visitor.page.goto('/');
    return visitor;
  }

  get page(): Page {
    return this.watched.page;
  }

  /** What went wrong in the page so far. */
  get faults(): readonly string[] {
    return this.watched.faults;
  }

  leave(): Promise<void> {
    return this.watched.close();
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
    await this.page.getByLabel('Search titles').fill(words);
  }

  async signUp(name: string, email: string, password: string): Promise<void> {
    await this.link('Sign in').click();
    await this.button('Create one').click();
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Create account').click();
    await this.button('Profile menu').waitFor();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.link('Sign in').click();
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Sign in').click();
    await this.button('Profile menu').waitFor();
  }

  async signOut(): Promise<void> {
    await this.button('Profile menu').click();
    await this.button('Sign out').click();
    await this.link('Sign in').waitFor();
  }

  /** Makes a title on the upload page and sends a film to it; the page then tells how far it is. */
  async upload(titleName: string, film: FilmFile): Promise<void> {
    await this.link('Upload').click();
    await this.button('New title').click();
    await this.page.getByLabel('Name').fill(titleName);
    await this.button('Create title').click();
    await this.button('Change title').waitFor();
    await this.page
      .getByLabel('Choose a film file')
      .setInputFiles({ name: film.fileName, mimeType: 'video/mp4', buffer: film.bytes });
    await this.button('Upload').click();
  }

  /** What each progress bar of the page says, 0 to 100. */
  async progressBars(): Promise<Readonly<Record<string, number>>> {
    const pairs = await this.page
      .getByRole('progressbar')
      .evaluateAll((bars) =>
        bars.map((bar) => [bar.getAttribute('aria-label') ?? '', Number(bar.getAttribute('aria-valuenow'))]),
      );
    return Object.fromEntries(pairs) as Record<string, number>;
  }
}
