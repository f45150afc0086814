import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { catalogV1, FailedV1, PublishedV1, type videoEventsV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { createTestDatabase, eventually, TestEventPublisher } from '@viernes/testing';
import { Webhook as Verifier } from 'standardwebhooks';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';
import { respondWith, startWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.js';
import { AddressRanges } from '../webhook/address-ranges.js';
import { createSecret, formatSecret } from '../webhook/webhook-secret.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import { MessageSender } from './message-sender.js';
import { SendDeliveries } from './send-deliveries.js';

const SETTINGS = { WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.0/8', WEBHOOK_TIMEOUT_MS: '20000' };

type Delivery = catalogV1.WebhookDelivery;

/** Other specs publish events to the same topic. Webhooks without event types receive only tests. */
async function insertWebhook(
  { database }: Pick<TestCatalog, 'database'>,
  { accountId }: Caller,
  { url, eventTypes }: { readonly url: string; readonly eventTypes: readonly string[] },
): Promise<{ readonly id: string; readonly secret: string }> {
  const [id, secret] = [randomUUID(), createSecret()];
  await database.query('INSERT INTO webhook (id, account_id, url, event_types, secret) VALUES ($1, $2, $3, $4, $5)', [
    ...[id, accountId, url, eventTypes, secret],
  ]);
  return { id, secret: formatSecret(secret) };
}

/** Without WEBHOOKS_ENABLED, the service sends only when a test runs `SendDeliveries`. */
describe('deliveries of webhooks', () => {
  const editor = newCaller('editor');
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    [catalog, video, receiver] = await Promise.all([
      startCatalog(undefined, SETTINGS),
      TestEventPublisher.connect(),
      startWebhookReceiver(),
    ]);
  });
  afterAll(async () => {
    receiver?.close();
    await Promise.all([video?.close(), catalog?.stop()]);
  });
  beforeEach(async () => {
    await catalog.database.query('TRUNCATE webhook, webhook_delivery');
    receiver.messages.length = 0;
    receiver.responses.length = 0;
  });

  const subscribe = (eventTypes: string[]) =>
    insertWebhook(catalog, editor, { url: `${receiver.origin}/hook`, eventTypes });
  const create = (path = '/hook', origin = receiver.origin) =>
    insertWebhook(catalog, editor, { url: origin + path, eventTypes: [] });
  /** Lists all deliveries, including those of events that other specs publish at the same time. */
  const list = async (webhookId: string): Promise<Delivery[]> => {
    const all: Delivery[] = [];
    for (let cursor = ''; ;) {
      const request = { webhookId, pageSize: 100, cursor };
      const page = await runAs(editor, () => catalog.client.listWebhookDeliveries(request));
      all.push(...page.deliveries);
      if (page.nextCursor === '') return all;
      cursor = page.nextCursor;
    }
  };
  const test = async (webhookId: string): Promise<Delivery> => {
    const { delivery } = await runAs(editor, () => catalog.client.testWebhook({ webhookId }));
    if (!delivery) throw new Error('the response contains no delivery');
    return delivery;
  };
  /** Sends due deliveries until one of the webhook meets the condition. */
  const sendUntil = async (webhookId: string, isDone: (delivery: Delivery) => boolean): Promise<Delivery> => {
    await eventually(async () => {
      await catalog.get(SendDeliveries).run(new AbortController().signal);
      return (await list(webhookId)).some(isDone);
    });
    const delivery = (await list(webhookId)).find(isDone);
    if (!delivery) throw new Error('the delivery has changed again');
    return delivery;
  };
  const hasResult = ({ lastDurationMs }: Delivery): boolean => lastDurationMs !== undefined;
  const isDelivered = ({ state }: Delivery): boolean => state === 'delivered';
  const makeDue = () => catalog.database.query('UPDATE webhook_delivery SET next_attempt_at = now()');
  const getWebhook = async (webhookId: string) =>
    (await runAs(editor, () => catalog.client.getWebhook({ webhookId }))).webhook;

  it('sends one signed delivery per subscriber of an event, even if the event arrives twice', async () => {
    const subscribed = await subscribe(['title.published']);
    const other = await subscribe(['asset.failed']);
    const published: videoEventsV1.Published = {
      assetId: randomUUID(),
      titleId: randomUUID(),
      durationMs: 30_022,
      publishedAt: '2026-11-20T20:15:00.000Z',
    };
    const eventId = randomUUID();
    await video.publish(PublishedV1, published, eventId);
    await video.publish(PublishedV1, published, eventId);
    const isOfEvent = ({ payload, body = payload }: { payload?: string; body?: string | undefined }): boolean =>
      body?.includes(published.assetId) === true;
    const delivery = await sendUntil(subscribed.id, (each) => isOfEvent(each) && isDelivered(each));
    expect((await list(subscribed.id)).filter(isOfEvent)).toHaveLength(1);
    expect(delivery).toMatchObject({ type: 'title.published', attempts: 1, lastStatus: 204 });
    const [message, ...rest] = receiver.messages.filter(isOfEvent);
    expect(rest).toEqual([]);
    expect(message).toMatchObject({ path: '/hook', headers: { 'webhook-id': delivery.id }, body: delivery.payload });
    const headers = message?.headers as Record<string, string>;
    expect(new Verifier(subscribed.secret).verify(message?.body ?? '', headers)).toEqual({
      type: 'title.published',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { titleId: published.titleId, episodeId: null, assetId: published.assetId, durationMs: 30_022 },
    });
    expect(() => new Verifier(other.secret).verify(message?.body ?? '', headers)).toThrow();
    expect((await list(other.id)).filter(isOfEvent)).toEqual([]);
  });

  it('sends the series of a failed episode, and the reason of the failure', async () => {
    const { id } = await subscribe(['asset.failed']);
    const series = await catalog.createTitle({ kind: catalogV1.TitleKind.TITLE_KIND_SERIES });
    const episode = { number: 1, name: 'Opening', synopsis: '', runtimeMinutes: undefined, releasedOn: undefined };
    const season = { number: 1, name: '', synopsis: '', releaseYear: undefined, revision: undefined };
    const request = { titleId: series.id, ...season, restoreEpisodes: false, episodes: [episode] };
    const { season: stored } = await runAs(editor, () => catalog.client.putSeason(request));
    const episodeId = stored?.episodes[0]?.id ?? '';
    const assetId = randomUUID();
    await video.publish(FailedV1, { assetId, titleId: episodeId, failureCode: 'SOURCE_UNREADABLE' });
    const isOfAsset = ({ payload }: Delivery): boolean => payload.includes(assetId);
    const { payload } = await sendUntil(id, (each) => isOfAsset(each) && isDelivered(each));
    expect(JSON.parse(payload)).toMatchObject({
      type: 'asset.failed',
      data: { titleId: series.id, episodeId, assetId, failureCode: 'SOURCE_UNREADABLE' },
    });
  });

  it('retries a failed delivery with back-off and the same ID until it is accepted', async () => {
    const { id } = await create();
    receiver.responses.push(respondWith(500));
    await test(id);
    const failed = await sendUntil(id, hasResult);
    expect(failed).toMatchObject({ state: 'pending', attempts: 1, lastStatus: 500, lastError: 'status' });
    const waitMs = Date.parse(failed.nextAttemptAt ?? '') - Date.now();
    expect(waitMs).toBeGreaterThan(2_000);
    expect((await getWebhook(id))?.failingSince).toBeDefined();
    await makeDue();
    const delivered = await sendUntil(id, isDelivered);
    expect(delivered).toMatchObject({ attempts: 2, lastStatus: 204 });
    expect(receiver.messages.map(({ headers }) => headers['webhook-id'])).toEqual([delivered.id, delivered.id]);
    expect((await getWebhook(id))?.failingSince).toBeUndefined();
  });

  it('records an error for an attempt without a response in time, or without a connection', async () => {
    receiver.responses.push(() => undefined);
    const sender = new MessageSender({
      WEBHOOKS_ENABLED: true,
      WEBHOOK_TIMEOUT_MS: 100,
      WEBHOOK_ALLOWED_ADDRESSES: AddressRanges.parse('127.0.0.1'),
    });
    const message = { url: receiver.origin, headers: {}, payload: '' };
    expect(await sender.send(message, new AbortController().signal)).toMatchObject({ error: 'timeout' });
    await sender.onApplicationShutdown();
    const closed = await startWebhookReceiver();
    closed.close();
    const unreachable = await create('/', closed.origin);
    await test(unreachable.id);
    expect(await sendUntil(unreachable.id, hasResult)).toMatchObject({ lastError: 'connection' });
  });

  it('follows no redirect of a webhook', async () => {
    const { id } = await create();
    receiver.responses.push(respondWith(307, { location: `${receiver.origin}/elsewhere` }));
    await test(id);
    expect(await sendUntil(id, hasResult)).toMatchObject({ lastError: 'redirect', lastStatus: 307 });
    expect(receiver.messages.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('parks a delivery after the last attempt, and sends it again when an editor requests it', async () => {
    const { id } = await create();
    receiver.responses.push(respondWith(500));
    const { id: deliveryId } = await test(id);
    await catalog.database.query('UPDATE webhook_delivery SET attempts = 7');
    const parked = await sendUntil(id, hasResult);
    expect(parked).toMatchObject({ state: 'failed', attempts: 8 });
    await makeDue();
    await catalog.get(SendDeliveries).run(new AbortController().signal);
    expect(receiver.messages).toHaveLength(1);
    const request = { webhookId: id, deliveryId };
    const { delivery } = await runAs(editor, () => catalog.client.redeliverWebhook(request));
    expect(delivery).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await sendUntil(id, isDelivered)).toMatchObject({ id: deliveryId, attempts: 1 });
    expect(receiver.messages[1]?.headers['webhook-id']).toBe(deliveryId);
  });

  it('disables a webhook after 410, until an editor enables it again', async () => {
    const { id } = await create();
    receiver.responses.push(respondWith(410));
    await test(id);
    expect(await sendUntil(id, hasResult)).toMatchObject({ state: 'failed', lastStatus: 410 });
    expect(await getWebhook(id)).toMatchObject({ isEnabled: false, disabledReason: 'gone' });
    await expect(test(id)).rejects.toMatchObject({ code: 'WEBHOOK_DISABLED' });
    const change = { webhookId: id, url: undefined, eventTypes: [], isEnabled: true };
    const { webhook } = await runAs(editor, () => catalog.client.updateWebhook(change));
    expect(webhook).toMatchObject({ isEnabled: true });
    expect(Object.keys(webhook ?? {})).not.toContain('disabledReason');
  });

  it('disables a webhook if no attempt was successful for days', async () => {
    const { id } = await create();
    await catalog.database.query(`UPDATE webhook SET failing_since = now() - interval '6 days'`);
    receiver.responses.push(respondWith(503));
    await test(id);
    expect(await sendUntil(id, hasResult)).toMatchObject({ state: 'pending' });
    expect(await getWebhook(id)).toMatchObject({ isEnabled: false, disabledReason: 'failing' });
  });

  it('sends a delivery again if a replica is killed during the attempt, and ignores its late result', async () => {
    const { id } = await create();
    await test(id);
    // Acts as a replica that claims the delivery, and reports a result only when its lease has expired.
    const queue = catalog.get(DeliveryQueue);
    const [claimed] = await queue.claim(1);
    if (!claimed) throw new Error('no delivery is due');
    expect(await queue.claim(1)).toEqual([]);
    await makeDue();
    expect(await sendUntil(id, isDelivered)).toMatchObject({ id: claimed.id, attempts: 2 });
    expect(await queue.complete(claimed, { error: 'connection', durationMs: 1 })).toBeUndefined();
    expect(await list(id)).toMatchObject([{ state: 'delivered' }]);
    expect((await getWebhook(id))?.failingSince).toBeUndefined();
  });

  it('leaves a delivery to other replicas if a replica stops during the attempt', async () => {
    const database = await createTestDatabase();
    const stopping = await startCatalog(database, { ...SETTINGS, WEBHOOKS_ENABLED: 'true' });
    const waiting: ServerResponse[] = [];
    receiver.responses.push((response) => void waiting.push(response));
    const { id: webhookId } = await insertWebhook(stopping, editor, { url: receiver.origin, eventTypes: [] });
    await runAs(editor, () => stopping.client.testWebhook({ webhookId }));
    await eventually(() => waiting.length === 1);
    await stopping.stop();
    const rows = await database.query(
      'SELECT state, attempts, lease_id, next_attempt_at <= now() AS "isDue" FROM webhook_delivery',
    );
    expect(rows).toEqual([{ state: 'pending', attempts: 0, lease_id: null, isDue: true }]);
    await database.drop();
  });

  it('does not delay other webhooks for a slow endpoint, which receives at most three deliveries at the same time', async () => {
    const [slow, fast] = [await create('/slow'), await create('/fast')];
    await Promise.all([1, 2, 3, 4, 5].map(() => test(slow.id)));
    const queue = catalog.get(DeliveryQueue);
    const claimed = await queue.claim(20);
    expect(claimed).toHaveLength(3);
    await test(fast.id);
    expect(await queue.claim(20)).toMatchObject([{ webhookId: fast.id }]);
  });

  it('claims at most three deliveries of a webhook when replicas claim at the same time', async () => {
    const { id } = await create();
    await Promise.all(Array.from({ length: 20 }, () => test(id)));
    const queue = catalog.get(DeliveryQueue);
    const claimed = await Promise.all(Array.from({ length: 8 }, () => queue.claim(20)));
    expect(claimed.flat()).toHaveLength(3);
  });

  it('signs deliveries with two secrets during the overlap of a rotation, then with the new one', async () => {
    const { id, secret } = await create();
    const rotate = async (overlapHours: number): Promise<string> =>
      (await runAs(editor, () => catalog.client.rotateWebhookSecret({ webhookId: id, overlapHours }))).secret;
    const isValid = (verified: string, index: number): boolean => {
      const { headers, body } = receiver.messages[index] ?? { headers: {}, body: '' };
      try {
        return new Verifier(verified).verify(body, headers as Record<string, string>) !== undefined;
      } catch {
        return false;
      }
    };
    const second = await rotate(1);
    expect((await getWebhook(id))?.previousSecretExpiresAt).toBeDefined();
    await test(id);
    await sendUntil(id, isDelivered);
    expect([secret, second].map((verified) => isValid(verified, 0))).toEqual([true, true]);
    const third = await rotate(0);
    expect((await getWebhook(id))?.previousSecretExpiresAt).toBeUndefined();
    await catalog.database.query('DELETE FROM webhook_delivery');
    await test(id);
    await sendUntil(id, isDelivered);
    expect([secret, second, third].map((verified) => isValid(verified, 1))).toEqual([false, false, true]);
  });

  it('lists deliveries newest first, in pages, for 30 days', async () => {
    const { id } = await create();
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) ids.unshift((await test(id)).id);
    const page = (cursor: string) =>
      runAs(editor, () => catalog.client.listWebhookDeliveries({ webhookId: id, pageSize: 2, cursor }));
    const first = await page('');
    const last = await page(first.nextCursor);
    expect([...first.deliveries, ...last.deliveries].map(({ id: deliveryId }) => deliveryId)).toEqual(ids);
    expect(last.nextCursor).toBe('');
    await expect(page('x')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await catalog.database.query(`UPDATE webhook_delivery SET created_at = now() - interval '31 days' WHERE id = $1`, [
      ids[2],
    ]);
    await catalog.get(RowCleanups).run();
    expect(await list(id)).toHaveLength(2);
  });
});

describe('webhooks to addresses that are not public', () => {
  const editor = newCaller('editor');
  let catalog: TestCatalog;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    [catalog, receiver] = await Promise.all([
      startCatalog(undefined, { WEBHOOKS_ENABLED: 'true' }),
      startWebhookReceiver(),
    ]);
  });
  afterAll(async () => {
    receiver?.close();
    await catalog?.stop();
  });

  it('rejects a webhook whose URL contains an address that is not public, or is not HTTPS', async () => {
    for (const url of [
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://0x7f.1/',
      'http://example.com/',
      'file:///etc',
    ]) {
      await expect(
        runAs(editor, () => catalog.client.createWebhook({ url, eventTypes: ['asset.failed'] })),
      ).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        fieldErrors: [{ path: 'url', reason: 'webhookUrl' }],
      });
    }
  });

  it.each([
    ['addressNotAllowed', 'a name that resolves to loopback', (port: string) => `https://localhost:${port}/`],
    ['httpsRequired', 'a name that resolves to loopback, without TLS', (port: string) => `http://localhost:${port}/`],
    ['addressNotAllowed', 'a stored address', (port: string) => `https://127.0.0.1:${port}/`],
    ['httpsRequired', 'a stored address without TLS', (port: string) => `http://127.0.0.1:${port}/`],
    ['nameNotFound', 'an unknown name', () => 'https://hooks.invalid/'],
  ])('sends nothing, and records the error %s, for %s', async (error, _, toUrl) => {
    const url = toUrl(new URL(receiver.origin).port);
    const { id: webhookId } = await insertWebhook(catalog, editor, { url, eventTypes: [] });
    await runAs(editor, () => catalog.client.testWebhook({ webhookId }));
    const listErrors = async () => {
      const log = { webhookId, pageSize: 0, cursor: '' };
      const { deliveries } = await runAs(editor, () => catalog.client.listWebhookDeliveries(log));
      return deliveries.map(({ lastError }) => lastError);
    };
    await eventually(async () => (await listErrors())[0] !== undefined);
    expect(await listErrors()).toEqual([error]);
    expect(receiver.messages).toEqual([]);
  });
});
