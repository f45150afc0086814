import type { Schema } from '@viernes/api-client';
import { readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';

export type Webhook = Schema<'Webhook'>;
export type WebhookDelivery = Schema<'WebhookDelivery'>;

/** The key prefix of queries about webhooks. */
export const WEBHOOK_QUERIES = ['webhooks'];

export async function listWebhooks(signal: AbortSignal): Promise<readonly Webhook[]> {
  const { webhooks } = await readData(edge.GET('/v1/webhooks', { signal }));
  return webhooks;
}

/** @throws Problem WEBHOOKS_UNAVAILABLE, WEBHOOK_LIMIT_REACHED, and others */
export const createWebhook = (body: Schema<'NewWebhook'>): Promise<Schema<'WebhookSecret'>> =>
  readData(edge.POST('/v1/webhooks', { body }));

export const setEnabled = (id: string, isEnabled: boolean): Promise<Webhook> =>
  readData(edge.PATCH('/v1/webhooks/{id}', { params: { path: { id } }, body: { isEnabled } }));

export async function deleteWebhook(id: string): Promise<void> {
  await edge.DELETE('/v1/webhooks/{id}', { params: { path: { id } } });
}

/** Creates another secret. The previous one remains valid for a day. */
export const rotateSecret = (id: string): Promise<Schema<'WebhookSecret'>> =>
  readData(edge.POST('/v1/webhooks/{id}/secret', { params: { path: { id } }, body: {} }));

export const sendTest = (id: string): Promise<WebhookDelivery> =>
  readData(edge.POST('/v1/webhooks/{id}/test', { params: { path: { id } } }));

export const listDeliveries = (
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'WebhookDeliveryPage'>> => {
  const query = cursor === null ? {} : { cursor };
  return readData(edge.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query }, signal }));
};

export const redeliver = (id: string, deliveryId: string): Promise<WebhookDelivery> =>
  readData(edge.POST('/v1/webhooks/{id}/deliveries/{deliveryId}/redelivery', { params: { path: { id, deliveryId } } }));
