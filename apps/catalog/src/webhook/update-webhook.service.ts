import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { WEBHOOK_CONFIG, type WebhookConfig } from './webhook.config.js';
import type { WebhookEntity } from './webhook.entity.js';
import { WebhookRepository } from './webhook.repository.js';
import type { UpdateWebhookRequest } from './webhook.requests.js';
import { assertWebhookUrl } from './webhook-url.js';

@Injectable()
export class UpdateWebhook {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly transactions: Transactions,
    @Inject(WEBHOOK_CONFIG) private readonly config: WebhookConfig,
  ) {}

  /** Changes the fields that have a value. @throws CodedError REQUEST_INVALID, WEBHOOK_NOT_FOUND */
  async run(caller: Caller, { webhookId, url, eventTypes, isEnabled }: UpdateWebhookRequest): Promise<WebhookEntity> {
    if (url !== undefined) assertWebhookUrl(url, this.config.WEBHOOK_ALLOWED_ADDRESSES);
    return this.transactions.run(async (tx) => {
      await this.webhooks.lockAccount(tx, caller);
      const { id } = await this.webhooks.get(tx, caller, webhookId);
      await this.webhooks.update(tx, id, {
        ...(url !== undefined && { url }),
        ...(eventTypes && { eventTypes }),
        ...(isEnabled !== undefined && { isEnabled }),
      });
      return this.webhooks.get(tx, caller, id);
    });
  }
}
