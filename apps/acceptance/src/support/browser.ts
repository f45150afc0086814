import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { config } from '../config.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Maximum wait for an element. Generous, because a busy machine is slow. */
const TIMEOUT_MS = 120_000;

/** Queries of presigned URLs, which make error lines unreadable. */
const SIGNED_QUERY = /\?[^\s'"]*/g;

/** A page, and the errors that occurred in it. */
export interface MonitoredPage {
  readonly page: Page;
  /** Console errors, uncaught exceptions and 5xx responses. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: config.browserPath, headless: true, args: FLAGS });
}

/** Opens a browser profile without cookies, stored data, or cached files. */
export async function openContext(
  browser: Browser,
  viewport = { width: 1280, height: 800 },
  locale = 'en-US',
  baseURL = config.edgeUrl,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, viewport, locale });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

export async function openPage(context: BrowserContext): Promise<MonitoredPage> {
  const page = await context.newPage();
  const errors: string[] = [];
  const record = (error: string): number => errors.push(error.replaceAll(SIGNED_QUERY, ''));
  page.on('console', (message) => {
    if (message.type() === 'error') record(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => record(`uncaught: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) record(`${response.status()} from ${response.url()}`);
  });
  return { page, errors, close: () => page.close() };
}
