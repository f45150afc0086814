import type { catalogV1 } from '@viernes/contracts';
import type { WebhookEntity } from './webhook.entity.js';

export function toWebhookMessage(webhook: WebhookEntity): catalogV1.Webhook {
  const { id, url, eventTypes, isEnabled, disabledReason, failingSince, previousSecretExpiresAt, createdAt } = webhook;
  const hasPreviousSecret = previousSecretExpiresAt !== null && previousSecretExpiresAt > new Date();
  return {
    id,
    url,
    eventTypes,
    isEnabled,
    disabledReason: disabledReason ?? undefined,
    failingSince: failingSince?.toISOString(),
    previousSecretExpiresAt: hasPreviousSecret ? previousSecretExpiresAt.toISOString() : undefined,
    createdAt: createdAt.toISOString(),
  };
}
