import {
  WEBHOOK_DELIVERY_STATES,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_ERRORS,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_TEST_TYPE,
  type catalogV1,
} from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { WebhookDeliveryResponse, WebhookResponse } from './webhook.operations.js';

const MESSAGE_TYPES = [...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST_TYPE] as const;

export function toWebhookResponse(message: catalogV1.Webhook | undefined): WebhookResponse {
  const { eventTypes, disabledReason, failingSince, previousSecretExpiresAt, createdAt, ...webhook } = required(
    message,
    'webhook',
  );
  return {
    ...webhook,
    eventTypes: WEBHOOK_EVENT_TYPES.filter((type) => eventTypes.includes(type)),
    disabledReason: WEBHOOK_DISABLED_REASONS.find((reason) => reason === disabledReason) ?? null,
    failingSince: failingSince ?? null,
    previousSecretExpiresAt: previousSecretExpiresAt ?? null,
    createdAt: required(createdAt, 'created_at'),
  };
}

export function toDeliveryResponse(message: catalogV1.WebhookDelivery | undefined): WebhookDeliveryResponse {
  const { type, state, lastError, createdAt, ...delivery } = required(message, 'delivery');
  return {
    id: delivery.id,
    type: required(
      MESSAGE_TYPES.find((known) => known === type),
      'type',
    ),
    state: required(
      WEBHOOK_DELIVERY_STATES.find((known) => known === state),
      'state',
    ),
    attempts: delivery.attempts,
    createdAt: required(createdAt, 'created_at'),
    nextAttemptAt: delivery.nextAttemptAt ?? null,
    lastAttemptAt: delivery.lastAttemptAt ?? null,
    lastDurationMs: delivery.lastDurationMs ?? null,
    lastStatus: delivery.lastStatus ?? null,
    lastError: WEBHOOK_ERRORS.find((known) => known === lastError) ?? null,
    payload: delivery.payload,
  };
}
