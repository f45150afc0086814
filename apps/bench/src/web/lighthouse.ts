import { execa } from 'execa';
import { z } from 'zod';

/** Not a dependency, because its 114 packages take up 176 MB. npx downloads it on the first use. */
const LIGHTHOUSE = 'lighthouse@13.5.0';

const TIMEOUT_MS = 300_000;
/** On a busy machine, Chrome sometimes records no navigation in its trace (NO_NAVSTART). */
const ATTEMPTS = 3;

const metric = z.object({ numericValue: z.number() });
const Report = z.object({
  categories: z.object({ performance: z.object({ score: z.number() }) }),
  environment: z.object({ benchmarkIndex: z.number() }),
  audits: z.object({
    'first-contentful-paint': metric,
    'largest-contentful-paint': metric,
    'total-blocking-time': metric,
    'cumulative-layout-shift': metric,
    'network-requests': z.object({
      details: z.object({
        items: z.array(z.object({ resourceType: z.string().optional(), transferSize: z.number() })),
      }),
    }),
  }),
});

/** `mobile` simulates slow 4G and a processor that is four times slower. */
export type Device = 'mobile' | 'desktop';

export interface PageLoad {
  /** 0 to 100. */
  readonly score: number;
  /** Bytes of JavaScript on the wire, with headers. */
  readonly scriptBytes: number;
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number;
  readonly totalBlockingTimeMs: number;
  /** Has no unit. 0 if nothing moves while the page loads. */
  readonly cumulativeLayoutShift: number;
  /** Speed of this machine at this moment as Lighthouse estimates it. The score depends on it. */
  readonly benchmarkIndex: number;
}

/**
 * Loads a page in Chrome or Chromium without a cache.
 *
 * @param browserPath default: the browser that Lighthouse finds, or that CHROME_PATH names
 * @param onRetry receives the last line of the error before each retry
 * @throws Error if npx, the browser or the page fails in every attempt
 */
export async function measurePageLoad(
  url: string,
  device: Device,
  browserPath: string | undefined,
  onRetry: (reason: string) => void,
): Promise<PageLoad> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await loadPage(url, device, browserPath);
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof Error)) throw error;
      onRetry(error.message.trim().split('\n').at(-1) ?? '');
    }
  }
}

async function loadPage(url: string, device: Device, browserPath: string | undefined): Promise<PageLoad> {
  const { stdout } = await execa(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      '--only-categories=performance',
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      '--disable-full-page-screenshot',
      ...(device === 'desktop' ? ['--preset=desktop'] : []),
    ],
    { timeout: TIMEOUT_MS, env: browserPath === undefined ? {} : { CHROME_PATH: browserPath } },
  );
  const { categories, audits, environment } = Report.parse(JSON.parse(stdout));
  const scripts = audits['network-requests'].details.items.filter(({ resourceType }) => resourceType === 'Script');
  return {
    score: categories.performance.score * 100,
    scriptBytes: scripts.reduce((sum, { transferSize }) => sum + transferSize, 0),
    firstContentfulPaintMs: audits['first-contentful-paint'].numericValue,
    largestContentfulPaintMs: audits['largest-contentful-paint'].numericValue,
    totalBlockingTimeMs: audits['total-blocking-time'].numericValue,
    cumulativeLayoutShift: audits['cumulative-layout-shift'].numericValue,
    benchmarkIndex: environment.benchmarkIndex,
  };
}
