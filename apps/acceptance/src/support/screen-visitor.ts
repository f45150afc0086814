import { LANGUAGES, translate, type TextKey, type TextValues } from '@viernes/translations';
import type { Browser, Locator, Page } from 'playwright-core';
import { findOverflow, findUnreachable, findViolations, LAYOUTS_PX } from './accessibility.js';
import { openContext, openPage, type MonitoredPage } from './browser.js';
import { atDomain } from './passkeys.js';
import type { ScreenTexts } from './screen-texts.js';
import { listShownTexts } from './shown-texts.js';
import { Viewer } from './viewer.js';

type WebKey = TextKey extends infer Key ? (Key extends `web.${infer Name}` ? Name : never) : never;

/** A phone, a computer and a large screen. */
const WIDTHS_PX = [360, 1280, 3840];

/** A user who opens the screens of the web app in one language, and finds elements by their texts in this language. */
export class ScreenVisitor {
  private constructor(
    readonly language: string,
    private readonly monitored: MonitoredPage,
    private readonly texts: ScreenTexts,
  ) {}

  static async open(browser: Browser, language: string, texts: ScreenTexts): Promise<ScreenVisitor> {
    const monitored = await openPage(await openContext(browser, undefined, language));
    monitored.page.on('response', (response) => {
      if (response.url().includes('/v1/') && response.headers()['content-type']?.includes('json')) {
        response.json().then(
          (body) => texts.addResponse(body),
          () => undefined,
        );
      }
    });
    return new ScreenVisitor(language, monitored, texts);
  }

  get page(): Page {
    return this.monitored.page;
  }

  /** Without those of requests that the API rejects, because the tour opens such screens on purpose. */
  get errors(): readonly string[] {
    return this.monitored.errors.filter((error) => !error.startsWith('console: Failed to load resource'));
  }

  text(key: WebKey, values: TextValues = {}): string {
    return translate(`web.${key}` as TextKey, values, this.language);
  }

  button(key: WebKey, values?: TextValues): Locator {
    return this.page.getByRole('button', { name: this.text(key, values), exact: true });
  }

  link(key: WebKey, values?: TextValues): Locator {
    return this.page.getByRole('link', { name: this.text(key, values), exact: true });
  }

  heading(key: WebKey, values?: TextValues): Locator {
    return this.page.getByRole('heading', { name: this.text(key, values), exact: true });
  }

  field(key: WebKey, values?: TextValues): Locator {
    // Sections have labels, too.
    const inputs = this.page.locator('input, select, textarea');
    return this.page.getByLabel(this.text(key, values), { exact: true }).and(inputs);
  }

  shown(key: WebKey, values?: TextValues): Locator {
    return this.page.getByText(this.text(key, values));
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

  /** Opens all that can be unfolded, so that the next check includes it. */
  async unfold(): Promise<void> {
    await this.page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  }

  /**
   * Verifies the screen: its language, its layouts, axe, and that the Tab key reaches its controls. Each language is
   * analyzed in one layout.
   *
   * @param complete an element that appears when the screen is complete
   */
  async check(screen: string, complete: Locator): Promise<void> {
    const { page, language } = this;
    await complete.first().waitFor();
    expect({ screen, language: await page.locator('html').getAttribute('lang') }).toEqual({ screen, language });
    this.texts.add(screen, language, await listShownTexts(page));
    const overflow: string[] = [];
    for (const widthPx of WIDTHS_PX) overflow.push(...(await findOverflow(page, widthPx)));
    const layoutPx = LAYOUTS_PX[LANGUAGES.indexOf(language) % LAYOUTS_PX.length] ?? 0;
    const violations = await findViolations(page, [layoutPx]);
    const unreachable = await findUnreachable(page);
    expect({ screen, overflow, violations, unreachable }).toEqual({
      ...{ screen, overflow: [], violations: [], unreachable: [] },
    });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
}
