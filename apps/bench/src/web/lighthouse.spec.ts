import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { measurePageLoad } from './lighthouse.js';

const metric = { numericValue: 1 };
const REPORT = {
  categories: { performance: { score: 1 } },
  environment: { benchmarkIndex: 1 },
  audits: {
    'first-contentful-paint': metric,
    'largest-contentful-paint': metric,
    'total-blocking-time': metric,
    'cumulative-layout-shift': metric,
    'network-requests': { details: { items: [] } },
  },
};

describe('measurePageLoad', () => {
  let directory: string;

  /** Installs an npx that stores its CHROME_PATH and prints a report of Lighthouse. */
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lighthouse-'));
    const script = `#!/bin/sh\nprintf %s "$CHROME_PATH" > '${directory}/path'\ncat '${directory}/report'\n`;
    await writeFile(join(directory, 'npx'), script, { mode: 0o755 });
    await writeFile(join(directory, 'report'), JSON.stringify(REPORT));
    vi.stubEnv('PATH', `${directory}${delimiter}${process.env['PATH']}`);
    vi.stubEnv('CHROME_PATH', '/inherited/chrome');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true });
  });

  it.each([
    ['/selected/chrome', '/selected/chrome'],
    [undefined, '/inherited/chrome'],
  ])('with the browser path %s, Lighthouse uses %s', async (browserPath, expected) => {
    await measurePageLoad('http://localhost', 'mobile', browserPath, vi.fn());
    expect(await readFile(join(directory, 'path'), 'utf8')).toBe(expected);
  });
});
