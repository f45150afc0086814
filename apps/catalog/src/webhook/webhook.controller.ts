import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Idempotent, Transactions } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { CreateWebhook } from './create-webhook.service.js';
import { RotateWebhookSecret } from './rotate-webhook-secret.service.js';
import { UpdateWebhook } from './update-webhook.service.js';
import { toWebhookMessage } from './webhook.message.js';
import { WebhookRepository } from './webhook.repository.js';
import {
  CreateWebhookRequest,
  RotateWebhookSecretRequest,
  UpdateWebhookRequest,
  WebhookRequest,
} from './webhook.requests.js';

@Controller()
@Access('editor')
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly create: CreateWebhook,
    private readonly update: UpdateWebhook,
    private readonly rotate: RotateWebhookSecret,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('CatalogService', 'createWebhook')
  @Idempotent(catalogV1.CatalogServiceService.createWebhook)
  async createWebhook(
    @Payload({ schema: CreateWebhookRequest }) request: CreateWebhookRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.CreateWebhookResponse> {
    const { webhook, secret } = await this.create.run(caller, request);
    return { webhook: toWebhookMessage(webhook), secret };
  }

  @GrpcMethod('CatalogService', 'listWebhooks')
  async listWebhooks(@CurrentCaller() caller: Caller): Promise<catalogV1.ListWebhooksResponse> {
    const webhooks = await this.transactions.run((tx) => this.webhooks.list(tx, caller));
    return { webhooks: webhooks.map(toWebhookMessage) };
  }

  @GrpcMethod('CatalogService', 'getWebhook')
  async getWebhook(
    @Payload({ schema: WebhookRequest }) { webhookId }: WebhookRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.GetWebhookResponse> {
    const webhook = await this.transactions.run((tx) => this.webhooks.get(tx, caller, webhookId));
    return { webhook: toWebhookMessage(webhook) };
  }

  @GrpcMethod('CatalogService', 'updateWebhook')
  async updateWebhook(
    @Payload({ schema: UpdateWebhookRequest }) request: UpdateWebhookRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.UpdateWebhookResponse> {
    return { webhook: toWebhookMessage(await this.update.run(caller, request)) };
  }

  @GrpcMethod('CatalogService', 'deleteWebhook')
  async deleteWebhook(
    @Payload({ schema: WebhookRequest }) { webhookId }: WebhookRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.DeleteWebhookResponse> {
    await this.transactions.run((tx) => this.webhooks.delete(tx, caller, webhookId));
    return {};
  }

  @GrpcMethod('CatalogService', 'rotateWebhookSecret')
  @Idempotent(catalogV1.CatalogServiceService.rotateWebhookSecret)
  async rotateWebhookSecret(
    @Payload({ schema: RotateWebhookSecretRequest }) request: RotateWebhookSecretRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<catalogV1.RotateWebhookSecretResponse> {
    const { webhook, secret } = await this.rotate.run(caller, request);
    return { webhook: toWebhookMessage(webhook), secret };
  }
}
