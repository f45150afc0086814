import { LANGUAGES } from '@viernes/translations';
import type { Browser, Locator, Page } from 'playwright-core';
import { findOverflow, findUnreachable, findViolations, LAYOUTS_PX } from './accessibility.js';
import { openContext, openPage, type MonitoredPage } from './browser.js';
import { atDomain } from './passkeys.js';
import type { ScreenTexts } from './screen-texts.js';
import { listShownTexts } from './shown-texts.js';
import { TranslatedElements } from './translated-elements.js';
import { Viewer } from './viewer.js';
import type { VisitedRoutes } from './visited-routes.js';

/** A user who opens the screens of the web app in one language, and finds elements by their texts in this language. */
export class ScreenVisitor extends TranslatedElements {
  private constructor(
    language: string,
    private readonly monitored: MonitoredPage,
    private readonly texts: ScreenTexts,
    private readonly routes: VisitedRoutes,
  ) {
    super(monitored.page, language);
  }

  static async open(
    browser: Browser,
    language: string,
    texts: ScreenTexts,
    routes: VisitedRoutes,
  ): Promise<ScreenVisitor> {
    const monitored = await openPage(await openContext(browser, undefined, language));
    monitored.page.on('response', (response) => {
      if (response.url().includes('/v1/') && response.headers()['content-type']?.includes('json')) {
        response.json().then(
          (body) => texts.addResponse(body),
          () => undefined,
        );
      }
    });
    return new ScreenVisitor(language, monitored, texts, routes);
  }

  get page(): Page {
    return this.monitored.page;
  }

  /** Errors of the page, without those of rejected requests, which are part of some screens. */
  get errors(): readonly string[] {
    return this.monitored.errors.filter((error) => !error.startsWith('console: Failed to load resource'));
  }

  async go(path: string): Promise<void> {
    await this.page.goto(atDomain(path));
  }

  async signIn(email: string): Promise<void> {
    await this.go('/sign-in');
    await this.field('signIn.email').fill(email);
    await this.field('signIn.password').fill(Viewer.password);
    await this.button('signIn.signIn').click();
    await this.button('app.profileMenu').waitFor();
  }

  /** Opens all collapsed elements, so that the next check includes their contents. */
  async unfold(): Promise<void> {
    await this.page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  }

  /**
   * Verifies the screen: its language, its layouts, axe, and that the Tab key reaches its controls. Axe analyzes each layout
   * in one of the languages.
   *
   * @param complete an element that appears when the screen is complete
   */
  async check(screen: string, complete: Locator): Promise<void> {
    const { page, language } = this;
    await complete.first().waitFor();
    expect({ screen, language: await page.locator('html').getAttribute('lang') }).toEqual({ screen, language });
    this.texts.add(screen, language, await listShownTexts(page));
    this.routes.add(new URL(page.url()).pathname);
    const overflow: string[] = [];
    for (const widthPx of LAYOUTS_PX) overflow.push(...(await findOverflow(page, widthPx)));
    const violations = await findViolations(page, selectLayouts(language));
    const unreachable = await findUnreachable(page);
    expect({ screen, overflow, violations, unreachable }).toEqual({
      ...{ screen, overflow: [], violations: [], unreachable: [] },
    });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
}

/** Returns the layouts that are analyzed in a language. */
function selectLayouts(language: string): number[] {
  const number = LANGUAGES.indexOf(language) % LAYOUTS_PX.length;
  return LAYOUTS_PX.filter((_, index) => index % LANGUAGES.length === number);
}
