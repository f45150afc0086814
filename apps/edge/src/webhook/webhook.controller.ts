import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  patchWebhook,
  redeliverWebhook,
  rotateWebhookSecret,
  testWebhook,
  type WebhookDeliveryResponse,
  type WebhookResponse,
} from './webhook.operations.js';
import { toDeliveryResponse, toWebhookResponse } from './webhook.response.js';

@Controller()
export class WebhookController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listWebhooks)
  async list(): Promise<ResponseOf<typeof listWebhooks>> {
    const { webhooks } = await this.catalog.listWebhooks({});
    return { webhooks: webhooks.map(toWebhookResponse) };
  }

  @Handles(createWebhook)
  async create(
    @Input(createWebhook) { body }: InputOf<typeof createWebhook>,
  ): Promise<ResponseOf<typeof createWebhook>> {
    const { webhook, secret } = await this.catalog.createWebhook(body);
    return { webhook: toWebhookResponse(webhook), secret };
  }

  @Handles(getWebhook)
  async get(@Input(getWebhook) { params }: InputOf<typeof getWebhook>): Promise<WebhookResponse> {
    const { webhook } = await this.catalog.getWebhook({ webhookId: params.id });
    return toWebhookResponse(webhook);
  }

  @Handles(patchWebhook)
  async patch(@Input(patchWebhook) { params, body }: InputOf<typeof patchWebhook>): Promise<WebhookResponse> {
    const { url, eventTypes = [], isEnabled } = body;
    const { webhook } = await this.catalog.updateWebhook({ webhookId: params.id, url, eventTypes, isEnabled });
    return toWebhookResponse(webhook);
  }

  @Handles(deleteWebhook)
  async delete(@Input(deleteWebhook) { params }: InputOf<typeof deleteWebhook>): Promise<void> {
    await this.catalog.deleteWebhook({ webhookId: params.id });
  }

  @Handles(rotateWebhookSecret)
  async rotate(
    @Input(rotateWebhookSecret) { params, body }: InputOf<typeof rotateWebhookSecret>,
  ): Promise<ResponseOf<typeof rotateWebhookSecret>> {
    const request = { webhookId: params.id, overlapHours: body.overlapHours };
    const { webhook, secret } = await this.catalog.rotateWebhookSecret(request);
    return { webhook: toWebhookResponse(webhook), secret };
  }

  @Handles(testWebhook)
  async test(@Input(testWebhook) { params }: InputOf<typeof testWebhook>): Promise<WebhookDeliveryResponse> {
    const { delivery } = await this.catalog.testWebhook({ webhookId: params.id });
    return toDeliveryResponse(delivery);
  }

  @Handles(listWebhookDeliveries)
  async listDeliveries(
    @Input(listWebhookDeliveries) { params, query }: InputOf<typeof listWebhookDeliveries>,
  ): Promise<ResponseOf<typeof listWebhookDeliveries>> {
    const request = { webhookId: params.id, pageSize: 0, cursor: '', ...query };
    const { deliveries, nextCursor } = await this.catalog.listWebhookDeliveries(request);
    return { deliveries: deliveries.map(toDeliveryResponse), nextCursor: nextCursor === '' ? null : nextCursor };
  }

  @Handles(redeliverWebhook)
  async redeliver(
    @Input(redeliverWebhook) { params }: InputOf<typeof redeliverWebhook>,
  ): Promise<WebhookDeliveryResponse> {
    const request = { webhookId: params.id, deliveryId: params.deliveryId };
    const { delivery } = await this.catalog.redeliverWebhook(request);
    return toDeliveryResponse(delivery);
  }
}
