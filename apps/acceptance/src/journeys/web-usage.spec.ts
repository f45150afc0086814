import { readFile } from 'node:fs/promises';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, get, requireBody } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

const CALLS = 23;

describe('usage in the web app', () => {
  const user = openUserPerTest();
  let viewer: Viewer;

  beforeAll(async () => {
    viewer = await Viewer.signUp();
    const body = { name: 'Monitoring', scopes: ['catalog:read' as const], password: Viewer.password };
    const { secret } = requireBody(await call(apiClient(viewer.token).POST('/v1/account/api-keys', { body })), 201);
    for (let index = 0; index < CALLS; index += 1) await get('/v1/titles?pageSize=1', { token: secret });
    await eventually(
      async () =>
        requireBody(
          await get<Schema<'UsageReport'>>('/v1/usage?interval=total&operation=listTitles', { token: viewer.token }),
          200,
        ),
      ({ rows }) => rows[0]?.calls === CALLS,
      { what: 'the calls are counted' },
    );
  });

  it('shows owners their usage in charts and tables, and downloads it as CSV', async () => {
    const { page } = user();
    await user().signIn(viewer.email, Viewer.password);
    await page.goto('/account');
    await user().link('Usage of your account').click();
    for (const chart of ['Calls over time', 'Durations over time'])
      await page.getByRole('img', { name: chart }).locator('canvas').waitFor();
    const callers = page.getByRole('region', { name: 'Most active callers' }).getByRole('table');
    await callers.getByRole('rowheader', { name: /Monitoring/ }).waitFor();
    await callers.getByRole('cell', { name: String(CALLS), exact: true }).waitFor();
    await page.getByText('Show as table').click();
    expect(await findViolations(page)).toEqual([]);

    const downloading = page.waitForEvent('download');
    await user().button('Download CSV').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('viernes-usage.csv');
    const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(header).toMatch(/^startsAt,accountId,/);
    expect(lines.some((line) => line.includes(`,Monitoring,`) && line.includes(`,listTitles,200,${CALLS},`))).toBe(
      true,
    );

    await page.getByLabel('Period').selectOption('Last 30 days');
    await callers.getByRole('cell', { name: String(CALLS), exact: true }).waitFor();
  });

  it('shows admins the usage of all accounts', async () => {
    if (config.adminEmail === undefined) throw new Error('ADMIN_EMAIL is not set. Run npm test.');
    const { page } = user();
    await user().signIn(config.adminEmail, config.editorPassword);
    await page.goto('/admin');
    await user().link('API usage').click();
    await page.getByRole('img', { name: 'Calls over time' }).locator('canvas').waitFor();
    const callers = page.getByRole('region', { name: 'Most active callers' }).getByRole('table');
    await callers.getByRole('columnheader', { name: 'Calls left this month' }).waitFor();
    await callers.getByRole('rowheader').first().waitFor();
    await page.getByRole('region', { name: 'Most used operations' }).getByRole('rowheader').first().waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
