import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError, MAX_WEBHOOKS } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { createSecret, formatSecret } from './webhook-secret.js';
import { WEBHOOK_CONFIG, type WebhookConfig } from './webhook.config.js';
import type { WebhookEntity } from './webhook.entity.js';
import { WebhookRepository } from './webhook.repository.js';
import type { CreateWebhookRequest } from './webhook.requests.js';
import { assertWebhookUrl } from './webhook-url.js';

/** A webhook with its new secret, which is returned only once. */
export interface IssuedSecret {
  readonly webhook: WebhookEntity;
  readonly secret: string;
}

@Injectable()
export class CreateWebhook {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly transactions: Transactions,
    @Inject(WEBHOOK_CONFIG) private readonly config: WebhookConfig,
  ) {}

  /** @throws CodedError WEBHOOKS_UNAVAILABLE, REQUEST_INVALID, WEBHOOK_LIMIT_REACHED */
  async run(caller: Caller, { url, eventTypes }: CreateWebhookRequest): Promise<IssuedSecret> {
    if (!this.config.WEBHOOKS_ENABLED) throw new CodedError('WEBHOOKS_UNAVAILABLE');
    assertWebhookUrl(url, this.config.WEBHOOK_ALLOWED_ADDRESSES);
    const [id, secret] = [randomUUID(), createSecret()];
    return this.transactions.run(async (tx) => {
      await this.webhooks.lockAccount(tx, caller);
      const existing = await this.webhooks.list(tx, caller);
      if (existing.length >= MAX_WEBHOOKS) throw new CodedError('WEBHOOK_LIMIT_REACHED');
      await this.webhooks.insert(tx, { id, accountId: caller.accountId, url, eventTypes, secret });
      return { webhook: await this.webhooks.get(tx, caller, id), secret: formatSecret(secret) };
    });
  }
}
