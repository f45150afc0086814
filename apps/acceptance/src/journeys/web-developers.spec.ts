import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { listIds, runCommand } from '../support/page-commands.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

const IN_BROWSERS = ['REST', 'SOAP', 'WebSocket', 'Connect'] as const;

describe('the developer page of the web app', () => {
  const user = openUserPerTest();
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
    await editor.createTitle(unique('Listed'));
    await editor.createTitle(unique('Listed too'));
  });

  const createKey = async (): Promise<string> => {
    const { page } = user();
    await user().link('For developers').click();
    // Waits for the connection, so that the page receives the event of the new key.
    await page.getByText('Connected', { exact: true }).waitFor();
    const form = page.getByRole('region', { name: 'New key' });
    await form.getByLabel('Name of the key').fill('First steps');
    await form.getByLabel('Current password').fill(Viewer.password);
    await form.getByRole('button', { name: 'Create key' }).click();
    await user().heading('Secret of First steps').waitFor();
    return page.getByLabel('API key of the commands').inputValue();
  };

  /** Opens the developer page as a new viewer, and creates a key there. @returns the key */
  const openDeveloperPage = async (): Promise<string> => {
    const viewer = await Viewer.signUp();
    await user().signIn(viewer.email, Viewer.password);
    return createKey();
  };

  /** Compares the newest titles repeatedly, because other tests create titles concurrently. */
  const expectSameTitles = (read: (name: string) => Promise<string>, names: readonly string[]): Promise<unknown> =>
    eventually(
      async () => {
        const lists: string[] = [];
        for (const name of names) lists.push(listIds(await read(name)).join());
        return lists;
      },
      ([first = '', ...others]) => first.includes(',') && others.every((list) => list === first),
      { what: 'all APIs return the same titles' },
    );

  it('creates a key, and calls REST, SOAP, WebSocket and Connect from the browser with the same result', async () => {
    const apiKey = await openDeveloperPage();
    const { page } = user();
    const authorizations = new Map<string, string | undefined>();
    page.on('request', (request) =>
      authorizations.set(new URL(request.url()).pathname, request.headers()['authorization']),
    );
    await expectSameTitles(async (name) => {
      await user().button(`Try ${name}`).click();
      return (await page.getByRole('region', { name: `Response over ${name}` }).textContent()) ?? '';
    }, IN_BROWSERS);
    for (const path of ['/v1/titles', '/soap/catalog', '/viernes.edge.v1.TitleService/ListTitles']) {
      expect({ path, authorization: authorizations.get(path) }).toEqual({ path, authorization: `Bearer ${apiKey}` });
    }
    expect(await page.getByRole('button', { name: 'Try gRPC' }).count()).toBe(0);
    expect(await findViolations(page)).toEqual([]);
  });

  it('shows commands that run in a terminal exactly as copied', async () => {
    const apiKey = await openDeveloperPage();
    const { page } = user();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('URL for gRPC clients').fill(config.grpcUrl ?? '');
    await expectSameTitles(
      async (name) => {
        const card = page.getByRole('article', { name, exact: true });
        await card.getByRole('button', { name: `Copy ${name} command` }).click();
        await card.getByText('Copied.').waitFor();
        const command = await page.evaluate(() => navigator.clipboard.readText());
        expect(command).toContain(apiKey);
        return runCommand(command, {});
      },
      [...IN_BROWSERS, 'gRPC'],
    );
  });

  it('shows events of the selected topics as they happen, and after a pause the missed ones', async () => {
    await openDeveloperPage();
    const { page } = user();
    const events = page.getByRole('log', { name: 'Live events' });
    await events.getByText('apiKeyCreated').waitFor();
    const first = await editor.createTitle(unique('Live'));
    await events.getByText(first.id).waitFor();

    await user().button('Pause').click();
    await page.getByText('Paused. Resume to receive the missed events.').waitFor();
    const missed = await editor.createTitle(unique('Missed'));
    await user().button('Resume').click();
    await events.getByText(missed.id).waitFor();
    expect(await events.getByText(first.id).count()).toBe(1);

    await page.getByLabel('Titles, people and the home page').uncheck();
    await user().button('Clear').click();
    await events.getByText('No events yet').waitFor();
    const notSelected = await editor.createTitle(unique('Not selected'));
    await page.getByLabel('Name of the key').fill('Second steps');
    await page.getByRole('region', { name: 'New key' }).getByLabel('Current password').fill(Viewer.password);
    await user().button('Create key').click();
    await events.getByText('apiKeyCreated').waitFor();
    expect(await events.getByText(notSelected.id).count()).toBe(0);
  });
});
