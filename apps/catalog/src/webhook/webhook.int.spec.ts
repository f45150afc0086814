import { randomUUID } from 'node:crypto';
import { AccountDeletionRequestedV1, MAX_WEBHOOKS, RoleChangedV1 } from '@viernes/contracts';
import { newCaller, readExport, runAs, runWithKey } from '@viernes/platform/testing';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const HOOK_URL = 'https://hooks.example.com/viernes';
const eventTypes = ['asset.failed', 'title.published', 'asset.failed'];

describe('webhooks of an editor', () => {
  let catalog: TestCatalog;
  beforeAll(async () => {
    catalog = await startCatalog(undefined, { WEBHOOKS_ENABLED: 'true' });
  });
  afterAll(() => catalog?.stop());

  const create = async (editor = newCaller('editor')) => {
    const { webhook } = await runAs(editor, () => catalog.client.createWebhook({ url: HOOK_URL, eventTypes }));
    return { editor, webhookId: webhook?.id ?? '' };
  };

  it('creates a webhook, returns its secret only once, and lists, changes, and deletes it', async () => {
    const editor = newCaller('editor');
    const created = await runAs(editor, () => catalog.client.createWebhook({ url: HOOK_URL, eventTypes }));
    expect(created.secret).toMatch(/^whsec_/);
    expect(created.webhook).toMatchObject({
      url: HOOK_URL,
      eventTypes: ['title.published', 'asset.failed'],
      isEnabled: true,
    });
    const { webhooks } = await runAs(editor, () => catalog.client.listWebhooks({}));
    expect(webhooks).toEqual([created.webhook]);
    const webhookId = created.webhook?.id ?? '';
    const changes = { webhookId, url: `${HOOK_URL}/2`, eventTypes: ['asset.failed'], isEnabled: false };
    await runAs(editor, () => catalog.client.updateWebhook(changes));
    await runAs(editor, () =>
      catalog.client.updateWebhook({ webhookId, url: undefined, eventTypes: [], isEnabled: undefined }),
    );
    const { webhook } = await runAs(editor, () => catalog.client.getWebhook({ webhookId }));
    expect(webhook).toMatchObject({ url: `${HOOK_URL}/2`, eventTypes: ['asset.failed'], isEnabled: false });
    await runAs(editor, () => catalog.client.deleteWebhook({ webhookId }));
    await expect(runAs(editor, () => catalog.client.getWebhook({ webhookId }))).rejects.toMatchObject({
      code: 'WEBHOOK_NOT_FOUND',
    });
  });

  it('limits the webhooks of an account, even with concurrent requests', async () => {
    const editor = newCaller('editor');
    const outcomes = await Promise.allSettled(Array.from({ length: MAX_WEBHOOKS + 2 }, () => create(editor)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_WEBHOOKS);
    await expect(create(editor)).rejects.toMatchObject({ code: 'WEBHOOK_LIMIT_REACHED' });
  });

  it('creates, rotates, tests, and redelivers a webhook once per idempotency key', async () => {
    const editor = newCaller('editor');
    const repeat = async <Response>(call: () => Promise<Response>): Promise<Response> => {
      const key = randomUUID();
      const { response } = await runWithKey(key, call, editor);
      expect(await runWithKey(key, call, editor)).toEqual({ response, isReplayed: true });
      return response;
    };
    const { webhook } = await repeat(() => catalog.client.createWebhook({ url: HOOK_URL, eventTypes }));
    const webhookId = webhook?.id ?? '';
    await repeat(() => catalog.client.rotateWebhookSecret({ webhookId, overlapHours: undefined }));
    const { delivery } = await repeat(() => catalog.client.testWebhook({ webhookId }));
    await repeat(() => catalog.client.redeliverWebhook({ webhookId, deliveryId: delivery?.id ?? '' }));
  });

  it('rejects a webhook without an event type, or with an unknown one', async () => {
    const editor = newCaller('editor');
    for (const types of [[], ['title.deleted'], ['webhook.test']]) {
      const request = { url: HOOK_URL, eventTypes: types };
      await expect(runAs(editor, () => catalog.client.createWebhook(request))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
    }
  });

  it('exports webhooks without secrets, and deletes them with the account', async () => {
    const { editor, webhookId } = await create();
    await runAs(editor, () => catalog.client.testWebhook({ webhookId }));
    const profile = { ...editor, profileId: randomUUID() };
    const { data } = await readExport((cursor) => runAs(profile, () => catalog.client.exportAccount({ cursor })));
    expect(data['webhooks']).toMatchObject([{ id: webhookId, url: HOOK_URL }]);
    expect(data['webhookDeliveries']).toContainEqual(expect.objectContaining({ webhookId, type: 'webhook.test' }));
    expect(JSON.stringify(data)).not.toMatch(/secret"/);
    const other = await create();
    const user = await TestEventPublisher.connect();
    await user.publish(AccountDeletionRequestedV1, { accountId: editor.accountId });
    await eventually(async () => {
      const rows = await catalog.database.query('SELECT 1 FROM webhook WHERE account_id = $1', [editor.accountId]);
      return rows.length === 0;
    });
    expect(await runAs(other.editor, () => catalog.client.getWebhook(other))).toBeDefined();
    await user.close();
  });

  it('disables the webhooks of an account that loses the editor role, until it enables them as an editor again', async () => {
    const { editor, webhookId } = await create();
    const other = await create();
    const user = await TestEventPublisher.connect();
    const get = async ({ editor, webhookId }: typeof other) =>
      (await runAs(editor, () => catalog.client.getWebhook({ webhookId }))).webhook;
    for (const role of ['admin', 'editor']) await user.publish(RoleChangedV1, { accountId: editor.accountId, role });
    await user.publish(RoleChangedV1, { accountId: other.editor.accountId, role: 'viewer' });
    await eventually(async () => !(await get(other))?.isEnabled);
    expect(await get(other)).toMatchObject({ isEnabled: false, disabledReason: 'role' });
    expect(await get({ editor, webhookId })).toMatchObject({ isEnabled: true });
    const enable = { webhookId: other.webhookId, url: undefined, eventTypes: [], isEnabled: true };
    await runAs(other.editor, () => catalog.client.updateWebhook(enable));
    expect(Object.keys((await get(other)) ?? {})).not.toContain('disabledReason');
    await user.close();
  });
});

describe('webhooks of an installation that does not send them', () => {
  it('returns WEBHOOKS_UNAVAILABLE for a new webhook', async () => {
    const catalog = await startCatalog();
    const create = () => catalog.client.createWebhook({ url: HOOK_URL, eventTypes });
    await expect(runAs(newCaller('editor'), create)).rejects.toMatchObject({ code: 'WEBHOOKS_UNAVAILABLE' });
    await catalog.stop();
  });
});
