import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** The layouts of computers and phones. Phones last, because all other journeys use the layout of computers. */
const WIDTHS_PX = [1280, 360];

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  rules: { 'label-content-name-mismatch': { enabled: true } },
};

/** Lists the axe violations of the current page at each width, and its overflow if the page scrolls sideways. */
export async function findViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  // Once per page load: it takes longer than the analysis.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 800 });
    // Contrast is measured after animations.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0))),
    );
    const { violations } = await page.evaluate(
      async (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
      OPTIONS,
    );
    const overflowPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${width} px: ${id}: ${target.join(' ')}: ${failureSummary}`),
      ),
      ...(overflowPx > 0 ? [`${width} px: the page is ${overflowPx} px wider than the window`] : []),
    );
  }
  return found;
}
