import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { config } from '../config.js';

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
];

/** Signatures say nothing to who reads a fault, and fill its lines. */
const SIGNED_QUERY = /\?[^\s'"]*/g;

/** A page of an installed Chromium, and what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors, uncaught exceptions and answers of 5xx, in words. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: config.browserPath, headless: true, args: FLAGS });
}

/** A new visitor: no cookies, nothing stored. */
export async function newVisitor(browser: Browser): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: config.edgeUrl, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const faults: string[] = [];
  const note = (fault: string): number => faults.push(fault.replaceAll(SIGNED_QUERY, ''));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`uncaught: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) note(`${response.status()} from ${response.url()}`);
  });
  return { page, faults, close: () => context.close() };
}
