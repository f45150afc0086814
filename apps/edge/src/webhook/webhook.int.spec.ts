import { randomUUID } from 'node:crypto';
import { CodedError, type catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const at = '2026-11-20T20:15:00.000Z';
const webhook: catalogV1.Webhook = {
  id: randomUUID(),
  url: 'https://hooks.example.com/viernes',
  eventTypes: ['title.published'],
  isEnabled: true,
  createdAt: at,
};
const nulls = { disabledReason: null, failingSince: null, previousSecretExpiresAt: null };
const delivery: catalogV1.WebhookDelivery = {
  id: randomUUID(),
  type: 'webhook.test',
  state: 'pending',
  attempts: 1,
  createdAt: at,
  nextAttemptAt: at,
  lastStatus: 500,
  lastError: 'status',
  payload: '{}',
};
const deliveryResponse = { ...delivery, lastAttemptAt: null, lastDurationMs: null };

describe('/v1/webhooks', () => {
  let edge: TestEdge;
  let token: string;
  beforeAll(async () => {
    edge = await startEdge();
    token = await edge.issuer.sign({ role: 'editor' });
  });
  afterAll(() => edge.stop());

  const path = `/v1/webhooks/${webhook.id}`;
  const send = async (method: string, url: string, json?: unknown): Promise<[number, unknown]> => {
    const headers: Record<string, string> =
      method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
    const body = json === undefined ? {} : { json };
    const response = await edge.fetch(url, { method, token, headers, ...body });
    return [response.status, response.status === 204 ? null : await response.json()];
  };

  it('creates, lists, changes and deletes webhooks', async () => {
    const received: unknown[] = [];
    edge.catalog.handlers.createWebhook = (request) => {
      received.push(request);
      return { webhook, secret: 'whsec_c2VjcmV0' };
    };
    edge.catalog.handlers.listWebhooks = () => ({ webhooks: [{ ...webhook, disabledReason: 'gone' }] });
    edge.catalog.handlers.getWebhook = () => ({ webhook });
    edge.catalog.handlers.updateWebhook = (request) => {
      received.push(request);
      return { webhook };
    };
    edge.catalog.handlers.deleteWebhook = (request) => {
      received.push(request);
      return {};
    };
    const json = { url: webhook.url, eventTypes: ['title.published'] };
    expect(await send('POST', '/v1/webhooks', json)).toEqual([
      201,
      { webhook: { ...webhook, ...nulls }, secret: 'whsec_c2VjcmV0' },
    ]);
    expect(await send('GET', '/v1/webhooks')).toEqual([
      200,
      { webhooks: [{ ...webhook, ...nulls, disabledReason: 'gone' }] },
    ]);
    expect(await send('GET', path)).toEqual([200, { ...webhook, ...nulls }]);
    expect(await send('PATCH', path, { isEnabled: false })).toEqual([200, { ...webhook, ...nulls }]);
    expect(await send('DELETE', path)).toEqual([204, null]);
    const { id: webhookId } = webhook;
    expect(received).toEqual([json, { webhookId, eventTypes: [], isEnabled: false }, { webhookId }]);
  });

  it('rotates the secret, sends a test, and lists and repeats deliveries', async () => {
    edge.catalog.handlers.rotateWebhookSecret = ({ overlapHours }) => ({
      webhook,
      secret: `whsec_${overlapHours}`,
    });
    edge.catalog.handlers.testWebhook = () => ({ delivery });
    edge.catalog.handlers.redeliverWebhook = () => ({ delivery });
    edge.catalog.handlers.listWebhookDeliveries = ({ cursor }) => ({
      deliveries: [delivery],
      nextCursor: cursor === '' ? 'next' : '',
    });
    expect(await send('POST', `${path}/secret`, { overlapHours: 3 })).toMatchObject([201, { secret: 'whsec_3' }]);
    expect(await send('POST', `${path}/test`)).toEqual([202, deliveryResponse]);
    expect(await send('POST', `${path}/deliveries/${delivery.id}/redelivery`)).toEqual([202, deliveryResponse]);
    const page = { deliveries: [deliveryResponse], nextCursor: 'next' };
    expect(await send('GET', `${path}/deliveries`)).toEqual([200, page]);
    expect(await send('GET', `${path}/deliveries?cursor=next`)).toMatchObject([200, { nextCursor: null }]);
  });

  it('returns the problem of a URL that the catalog rejects', async () => {
    edge.catalog.handlers.createWebhook = () => {
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'url', reason: 'webhookUrl' }] });
    };
    const json = { url: 'https://127.0.0.1/', eventTypes: ['title.published'] };
    const [status, problem] = await send('POST', '/v1/webhooks', json);
    expect([status, problem]).toMatchObject([400, { errors: [{ path: 'url' }] }]);
  });

  it.each([
    { url: 'ftp://example.com/', eventTypes: ['title.published'] },
    { url: 'https://example.com/', eventTypes: [] },
    { url: 'https://example.com/', eventTypes: ['title.deleted'] },
  ])('returns 400 for %o', async (json) => {
    expect(await send('POST', '/v1/webhooks', json)).toMatchObject([400, { code: 'REQUEST_INVALID' }]);
  });
});
