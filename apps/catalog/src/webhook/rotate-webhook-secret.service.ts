import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import type { IssuedSecret } from './create-webhook.service.js';
import { createSecret, formatSecret } from './webhook-secret.js';
import { WebhookRepository } from './webhook.repository.js';
import type { RotateWebhookSecretRequest } from './webhook.requests.js';

@Injectable()
export class RotateWebhookSecret {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Issues a new secret. Receivers can switch to it at any time during the overlap. @throws CodedError WEBHOOK_NOT_FOUND */
  async run(caller: Caller, { webhookId, overlapHours }: RotateWebhookSecretRequest): Promise<IssuedSecret> {
    const secret = createSecret();
    return this.transactions.run(async (tx) => {
      await this.webhooks.lockAccount(tx, caller);
      const { id } = await this.webhooks.get(tx, caller, webhookId);
      await this.webhooks.replaceSecret(tx, id, secret, overlapHours);
      return { webhook: await this.webhooks.get(tx, caller, id), secret: formatSecret(secret) };
    });
  }
}
