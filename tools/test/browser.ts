import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { canInstallPackages, installPackages } from '../backing/native/apt.ts';
import { missingText } from '../backing/native/missing.ts';
import { findOnPath } from '../backing/native/path-programs.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser for tests: BROWSER_PATH, an installed Chromium or Chrome, Playwright's own, else Debian's package as root.
 *
 * @throws Error that names the command which installs one
 */
export async function resolveBrowser(onProgress: (text: string) => void): Promise<string> {
  const found = process.env['BROWSER_PATH'] || findInstalled();
  if (found !== undefined) return found;
  if (canInstallPackages()) {
    await installPackages(['chromium'], onProgress);
    const installed = findInstalled();
    if (installed !== undefined) return installed;
  }
  throw new Error(missingText([{ need: 'browser' }]));
}

function findInstalled(): string | undefined {
  return findOnPath(NAMES) ?? [...MAC_APPS, chromium.executablePath()].find((path) => existsSync(path));
}
