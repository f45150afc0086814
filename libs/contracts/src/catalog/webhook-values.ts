// Values that both the API and the catalog validate.

/** The events that a webhook can subscribe to. */
export const WEBHOOK_EVENT_TYPES = ['title.published', 'asset.failed'] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** The type of test messages, which an editor requests. A webhook receives them regardless of its event types. */
export const WEBHOOK_TEST_TYPE = 'webhook.test';

/**
 * pending: an attempt is in progress or follows. delivered: a response had a status from 200 to 299. failed: no attempt
 * follows.
 */
export const WEBHOOK_DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];

/** The reasons why attempts fail. */
export const WEBHOOK_ERRORS = [
  'status',
  'redirect',
  'timeout',
  'connection',
  'certificate',
  'nameNotFound',
  'addressNotAllowed',
  'httpsRequired',
] as const;
export type WebhookError = (typeof WEBHOOK_ERRORS)[number];

/** gone: the endpoint returned 410. failing: no attempt was successful for several days. role: its owner is no longer an editor. */
export const WEBHOOK_DISABLED_REASONS = ['gone', 'failing', 'role'] as const;
export type WebhookDisabledReason = (typeof WEBHOOK_DISABLED_REASONS)[number];

/** Webhooks per account. */
export const MAX_WEBHOOKS = 10;

/** Maximum number of characters of the URL of a webhook. */
export const MAX_WEBHOOK_URL_LENGTH = 1_000;

/** How long the previous secret stays in use after a rotation, in hours. 0 revokes it immediately. */
export const WEBHOOK_OVERLAP_HOURS = { default: 24, maximum: 168 } as const;
