import { randomUUID } from 'node:crypto';
import { AccountChangesAnonymizedV1, AccountDeletionRequestedV1, type catalogEventsV1 } from '@viernes/contracts';
import { newCaller, readExport, runAs } from '@viernes/platform/testing';
import { eventually, TestEventPublisher, TestEventReader } from '@viernes/testing';
import { newTitleInput, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

describe('the changes of an account', () => {
  let catalog: TestCatalog;
  let user: TestEventPublisher;
  let events: TestEventReader<catalogEventsV1.AccountChangesAnonymized>;

  beforeAll(async () => {
    [catalog, user, events] = await Promise.all([
      startCatalog(),
      TestEventPublisher.connect(),
      TestEventReader.connect(AccountChangesAnonymizedV1),
    ]);
  });
  afterAll(() => Promise.all([events?.close(), user?.close(), catalog?.stop()]));

  it('exports the changes of an editor if the selected profile has no maximum age', async () => {
    const editor = { ...newCaller('editor'), profileId: randomUUID() };
    const read = () => catalog.client.exportAccount({ cursor: '' });
    const { title } = await runAs(editor, () => catalog.client.createTitle({ title: newTitleInput({ name: 'M' }) }));
    await catalog.createTitle({ name: 'Metropolis' });
    expect(JSON.parse((await runAs(editor, read)).dataJson)).toEqual({
      changes: [{ resource: `titles/${title?.id}`, revision: 1, action: 'created', changedAt: expect.any(String) }],
      webhooks: [],
      webhookDeliveries: [],
    });
    await expect(runAs({ ...editor, maximumAge: 8 }, read)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(runAs(newCaller('editor'), read)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
  });

  it('exports all changes in several pages, and stores accounts only in changes and webhooks', async () => {
    const tables = await catalog.database.query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name ~ '(account|profile)_id$|email|user_agent|address' ORDER BY 1`,
    );
    expect(tables).toEqual([{ name: 'change' }, { name: 'webhook' }]);
    const editor = { ...newCaller('editor'), profileId: randomUUID() };
    await catalog.database.query(
      `INSERT INTO change (resource, revision, action, account_id, fields)
       SELECT 'titles/' || gen_random_uuid(), revision, 'created', $1, '[]' FROM generate_series(1, 2001) AS revision`,
      [editor.accountId],
    );
    const read = (cursor: string) => runAs(editor, () => catalog.client.exportAccount({ cursor }));
    const { data, pageCount } = await readExport(read);
    const changes = data['changes'] as { resource: string }[];
    expect([changes.length, new Set(changes.map(({ resource }) => resource)).size, pageCount]).toEqual([
      2_001, 2_001, 3,
    ]);
    await expect(read('unknown')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await catalog.database.query('DELETE FROM change WHERE account_id = $1', [editor.accountId]);
  });

  it('removes a deleted account from its changes, keeps its titles, and publishes an event for each request', async () => {
    const [editor, other] = [newCaller('editor'), newCaller('editor')];
    const create = async (name: string): Promise<string> => {
      const { title } = await catalog.client.createTitle({ title: newTitleInput({ name }) });
      return title?.id ?? '';
    };
    const titleIds = [await runAs(editor, () => create('Nosferatu')), await runAs(other, () => create('Faust'))];
    const listEditors = () =>
      runAs(other, () =>
        Promise.all(
          titleIds.map(async (titleId) => {
            const { changes } = await catalog.client.listTitleChanges({ titleId, pageSize: 0, cursor: '' });
            return changes[0]?.accountId;
          }),
        ),
      );
    expect(await listEditors()).toEqual([editor.accountId, other.accountId]);
    const { accountId } = editor;
    for (let request = 1; request <= 2; request += 1) {
      await user.publish(AccountDeletionRequestedV1, { accountId });
      await eventually(() => events.received.filter((each) => each.accountId === accountId).length >= request);
    }
    // The catalogs of other tests receive the request, too.
    await eventually(async () => (await listEditors())[0] === '');
    expect(await listEditors()).toEqual(['', other.accountId]);
  });
});
