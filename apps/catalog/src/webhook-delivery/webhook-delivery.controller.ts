import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1, CodedError, WEBHOOK_TEST_TYPE } from '@viernes/contracts';
import { Idempotent, Transactions, type Transaction } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import type { WebhookEntity } from '../webhook/webhook.entity.js';
import { WebhookRepository } from '../webhook/webhook.repository.js';
import { WebhookRequest } from '../webhook/webhook.requests.js';
import { toPayload } from './payload.js';
import { toDeliveryMessage } from './webhook-delivery.message.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import { ListDeliveriesRequest, RedeliverRequest } from './webhook-delivery.requests.js';

@Controller()
@Access('editor')
export class WebhookDeliveryController {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('CatalogService', 'listWebhookDeliveries')
  async listWebhookDeliveries(
    @Payload({ schema: ListDeliveriesRequest }) { webhookId, cursor, pageSize }: ListDeliveriesRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.ListWebhookDeliveriesResponse> {
    const { entries, nextCursor } = await this.transactions.run(async (tx) => {
      const { id } = await this.webhooks.get(tx, caller, webhookId);
      return this.deliveries.list(tx, id, cursor, pageSize);
    });
    return { deliveries: entries.map(toDeliveryMessage), nextCursor };
  }

  @GrpcMethod('CatalogService', 'testWebhook')
  @Idempotent(catalogV1.CatalogServiceService.testWebhook)
  async testWebhook(
    @Payload({ schema: WebhookRequest }) { webhookId }: WebhookRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.TestWebhookResponse> {
    const payload = toPayload(WEBHOOK_TEST_TYPE, new Date(), {});
    const delivery = await this.transactions.run(async (tx) => {
      const { id } = await this.getEnabled(tx, caller, webhookId);
      return this.deliveries.insert(tx, id, WEBHOOK_TEST_TYPE, payload);
    });
    return { delivery: toDeliveryMessage(delivery) };
  }

  @GrpcMethod('CatalogService', 'redeliverWebhook')
  @Idempotent(catalogV1.CatalogServiceService.redeliverWebhook)
  async redeliverWebhook(
    @Payload({ schema: RedeliverRequest }) { webhookId, deliveryId }: RedeliverRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.RedeliverWebhookResponse> {
    const delivery = await this.transactions.run(async (tx) => {
      const webhook = await this.getEnabled(tx, caller, webhookId);
      const { id } = await this.deliveries.get(tx, webhook.id, deliveryId);
      await this.deliveries.restart(tx, id);
      return this.deliveries.get(tx, webhook.id, id);
    });
    return { delivery: toDeliveryMessage(delivery) };
  }

  private async getEnabled(tx: Transaction, caller: Caller, webhookId: string): Promise<WebhookEntity> {
    const webhook = await this.webhooks.get(tx, caller, webhookId);
    if (!webhook.isEnabled) throw new CodedError('WEBHOOK_DISABLED', { webhookId });
    return webhook;
  }
}
