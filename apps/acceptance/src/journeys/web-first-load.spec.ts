import type { Browser } from 'playwright-core';
import { openBrowser, openContext, openPage, type MonitoredPage } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get } from '../support/http.js';
import { unique } from '../support/unique.js';

const MAX_SCRIPT_BYTES = 140_000;

interface Transfer {
  readonly type: string;
  readonly path: string;
  readonly encoding: string | undefined;
  bytes: number;
}

/** Opens the home page without a cache, and returns what the browser received, in bytes on the wire with headers. */
async function loadHome({ page }: MonitoredPage): Promise<readonly Transfer[]> {
  const session = await page.context().newCDPSession(page);
  const transfers = new Map<string, Transfer>();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'];
    transfers.set(requestId, { type, path: new URL(response.url).pathname, encoding, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (transfer) transfer.bytes = encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  return [...transfers.values()];
}

describe('the first load of the home page', () => {
  let browser: Browser;
  let monitored: MonitoredPage;
  let transfers: readonly Transfer[];

  beforeAll(async () => {
    const editor = await Editor.signIn();
    // On a new platform, the data of an empty page is too small to be compressed.
    for (let index = 0; index < 8; index += 1) await editor.createTitle(unique('First load'), { genres: ['Drama'] });
    await eventually(
      () => get('/v1/home'),
      ({ text }) => text.length > 3_000,
    );
    browser = await openBrowser();
    monitored = await openPage(await openContext(browser));
    transfers = await loadHome(monitored);
  });
  afterAll(async () => {
    await monitored.close();
    await browser.close();
  });

  it('transfers at most 140 kB of JavaScript', () => {
    const scripts = transfers.filter(({ type }) => type === 'Script');
    const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
  });

  it('receives scripts, styles and data encoded with br', () => {
    const encoded = transfers.filter(({ type, bytes }) => ['Script', 'Stylesheet'].includes(type) && bytes > 2_000);
    const home = transfers.filter(({ path }) => path === '/v1/home');
    expect(encoded.length).toBeGreaterThan(1);
    expect([...encoded, ...home]).toEqual(
      [...encoded, ...home].map(({ path }) => expect.objectContaining({ path, encoding: 'br' })),
    );
  });

  it('requests its data once, before its scripts have run', async () => {
    expect(transfers.filter(({ path }) => path === '/v1/home')).toHaveLength(1);
    const [dataStart, scriptEnd] = await monitored.page.evaluate(() => {
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const find = (pattern: RegExp) => entries.find(({ name }) => pattern.test(name));
      return [find(/\/v1\/home$/)?.startTime, find(/\.js$/)?.responseEnd];
    });
    expect(dataStart).toBeLessThan(scriptEnd ?? 0);
  });

  it('the home page loads without errors in the browser', () => {
    expect(monitored.errors).toEqual([]);
  });
});
