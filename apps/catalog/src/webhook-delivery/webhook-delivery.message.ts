import type { catalogV1 } from '@viernes/contracts';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity.js';

export function toDeliveryMessage(delivery: WebhookDeliveryEntity): catalogV1.WebhookDelivery {
  const { id, type, state, attempts, payload, createdAt, nextAttemptAt, lastAttemptAt } = delivery;
  return {
    ...{ id, type, state, attempts, payload },
    createdAt: createdAt.toISOString(),
    nextAttemptAt: state === 'pending' ? nextAttemptAt.toISOString() : undefined,
    lastAttemptAt: lastAttemptAt?.toISOString(),
    lastDurationMs: delivery.lastDurationMs ?? undefined,
    lastStatus: delivery.lastStatus ?? undefined,
    lastError: delivery.lastError ?? undefined,
  };
}
