import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findOnPath } from '../backing/native/programs.ts';
import { requireProgram } from '../backing/native/system-packages.ts';

const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const MISSING = {
  name: 'Chromium or Chrome, for the tests of the web app',
  debian: 'apt-get install chromium-headless-shell',
  macos: 'brew install --cask google-chrome',
};

/**
 * Returns the path of a browser: BROWSER_PATH, Chromium or Chrome on this machine, or the one of Playwright.
 *
 * @throws Error with the command that installs one
 */
export function resolveBrowser(onProgress: (text: string) => void): Promise<string> {
  return requireProgram(() => process.env['BROWSER_PATH'] || findInstalled(), MISSING, onProgress);
}

function findInstalled(): string | undefined {
  // The headless shell first: without a user interface, opening a page costs a fifth of the CPU.
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return findOnPath(...names) ?? [...MAC_APPS, chromium.executablePath()].find((path) => existsSync(path));
}
