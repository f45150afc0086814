import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The layouts of computers and phones. Phones last, because all other journeys use the layout of computers. */
const WIDTHS_PX = [1280, 360];

/** Lists the axe violations of the current page at each width, and its overflow if the page scrolls sideways. */
export async function findViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 800 });
    // Contrast is measured after animations.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0))),
    );
    const results = await new AxeBuilder({ page })
      .options({ rules: { 'label-content-name-mismatch': { enabled: true } } })
      // Takes half the time. The other mode opens a page to analyze frames of other origins, and the app has no frames.
      .setLegacyMode(true)
      .analyze();
    const overflowPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    found.push(
      ...results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${width} px: ${id}: ${target.join(' ')}: ${failureSummary}`),
      ),
      ...(overflowPx > 0 ? [`${width} px: the page is ${overflowPx} px wider than the window`] : []),
    );
  }
  return found;
}
