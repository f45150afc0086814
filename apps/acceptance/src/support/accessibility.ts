import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Window widths of a computer, a large screen and a phone. The phone is last: a page keeps the last width, so that the
 * steps after an analysis use the layout of phones, and all other steps that of computers.
 */
export const LAYOUTS_PX: readonly number[] = [1280, 3840, 360];

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  rules: { 'label-content-name-mismatch': { enabled: true } },
};

/** Lists the axe violations of the current page at each width, and its overflow if the page scrolls sideways. */
export async function findViolations(page: Page, widthsPx = LAYOUTS_PX): Promise<string[]> {
  const found: string[] = [];
  // Once per page load: it takes longer than the analysis.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  for (const widthPx of widthsPx) {
    found.push(...(await findOverflow(page, widthPx)));
    // Contrast is measured after animations.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0))),
    );
    const { violations } = await page.evaluate(
      async (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
      OPTIONS,
    );
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${widthPx} px: ${id}: ${target.join(' ')}: ${failureSummary}`),
      ),
    );
  }
  return found;
}

/** Sets the width of the window, and describes the overflow of the page if it scrolls sideways. */
export async function findOverflow(page: Page, widthPx: number): Promise<string[]> {
  await page.setViewportSize({ width: widthPx, height: 800 });
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return overflowPx > 0 ? [`${widthPx} px: the page is ${overflowPx} px wider than the window`] : [];
}

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
/** The arrow keys move between these. */
const ARROW_KEYS = '[role=option], [role=menuitemradio]';

/** Lists the visible controls of the page, or of its modal dialog, that the Tab key does not reach. */
export async function findUnreachable(page: Page): Promise<string[]> {
  const count = await page.evaluate(
    ([controls, arrowKeys]) => {
      const root = document.querySelector('dialog:modal') ?? document.body;
      const pending = new Set<Element>();
      for (const element of root.querySelectorAll<HTMLInputElement>(controls)) {
        const isVisible = element.checkVisibility({ visibilityProperty: true });
        if (isVisible && !element.matches(`:disabled, ${arrowKeys}`)) pending.add(element);
      }
      const reach = ({ target }: Event): void => {
        if (!(target instanceof Element)) return;
        pending.delete(target);
        // The arrow keys move between the radio buttons of a group.
        if (target instanceof HTMLInputElement && target.type === 'radio') {
          for (const each of document.getElementsByName(target.name)) pending.delete(each);
        }
      };
      document.addEventListener('focusin', reach);
      const state = { stop: () => document.removeEventListener('focusin', reach), pending };
      Object.assign(globalThis, { unreached: state });
      return pending.size;
    },
    [CONTROLS, ARROW_KEYS] as const,
  );
  // More than one press per control: the focus starts anywhere on the page, and date fields have several tab stops.
  const maxPresses = 3 * count + 10;
  for (let pressed = 0; pressed < maxPresses; pressed += 1) {
    await page.keyboard.press('Tab');
    if (pressed % 10 === 9 && (await readUnreached(page)).length === 0) break;
  }
  const unreached = await readUnreached(page);
  await page.evaluate(() => (globalThis as unknown as { unreached: { stop: () => void } }).unreached.stop());
  return unreached;
}

function readUnreached(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { pending } = (globalThis as unknown as { unreached: { pending: Set<Element> } }).unreached;
    return [...pending].filter((element) => element.isConnected).map(({ outerHTML }) => outerHTML.slice(0, 200));
  });
}
