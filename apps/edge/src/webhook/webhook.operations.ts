import {
  MAX_WEBHOOK_URL_LENGTH,
  MAX_WEBHOOKS,
  WEBHOOK_DELIVERY_STATES,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_ERRORS,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_OVERLAP_HOURS,
  WEBHOOK_TEST_TYPE,
} from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';

const eventType = z.enum(WEBHOOK_EVENT_TYPES).meta({ id: 'WebhookEventType' });
const eventTypes = z.array(eventType).min(1).max(WEBHOOK_EVENT_TYPES.length);
/** Accepts more than the catalog, which also validates the scheme, credentials, host, and fragment. */
const url = z
  .string()
  .max(MAX_WEBHOOK_URL_LENGTH)
  .regex(/^https?:\/\/[!-~]+$/)
  .meta({
    description:
      'HTTPS URL without credentials or a fragment. Its host must not be, or resolve to, a private IP address',
  });

const webhook = z
  .object({
    id: uuid,
    url: z.string(),
    eventTypes: z.array(eventType),
    isEnabled: z.boolean(),
    disabledReason: z.enum(WEBHOOK_DISABLED_REASONS).nullable().meta({
      description:
        'Why the platform disabled it: `gone` (a response had the status 410), `failing` (no attempt was successful for 5 days), or `role` (the account was no longer an editor)',
    }),
    failingSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Time of the first failed attempt since the last successful one' }),
    previousSecretExpiresAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Until then, messages also have a signature of the previous secret' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });

const delivery = z
  .object({
    id: uuid.meta({ description: 'The header `webhook-id`, equal for all attempts' }),
    type: z.enum([...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST_TYPE]).meta({ id: 'WebhookMessageType' }),
    state: z.enum(WEBHOOK_DELIVERY_STATES).meta({ id: 'WebhookDeliveryState' }),
    attempts: z.int().meta({ description: 'Number of attempts since it was created or redelivered' }),
    createdAt: z.iso.datetime(),
    nextAttemptAt: z.iso.datetime().nullable().meta({ description: 'Null unless it is pending' }),
    lastAttemptAt: z.iso.datetime().nullable(),
    lastDurationMs: z.int().nullable(),
    lastStatus: z
      .int()
      .nullable()
      .meta({ description: 'HTTP status of the response to the latest attempt. Null without a response' }),
    lastError: z.enum(WEBHOOK_ERRORS).nullable().meta({ description: 'Why the latest attempt failed' }),
    payload: z.string().meta({ description: 'The body of the message: JSON' }),
  })
  .meta({ id: 'WebhookDelivery' });

export type WebhookResponse = z.infer<typeof webhook>;
export type WebhookDeliveryResponse = z.infer<typeof delivery>;

const issuedSecret = z
  .object({ webhook, secret: z.string().meta({ description: 'Returned only once. Verify the signatures with it' }) })
  .meta({ id: 'WebhookSecret' });

const webhooks = { tag: 'webhooks', auth: 'required', scope: 'none', role: 'editor' } as const;
const oneWebhook = { ...webhooks, params: z.strictObject({ id: uuid }) } as const;

export const listWebhooks = defineOperation({
  ...webhooks,
  operationId: 'listWebhooks',
  method: 'GET',
  path: '/v1/webhooks',
  summary: 'List the webhooks of the account, oldest first',
  success: {
    status: 200,
    description: 'The webhooks',
    schema: z.object({ webhooks: z.array(webhook) }).meta({ id: 'WebhookList' }),
  },
  errors: [],
});

export const createWebhook = defineOperation({
  ...webhooks,
  operationId: 'createWebhook',
  method: 'POST',
  path: '/v1/webhooks',
  idempotency: 'stored',
  summary: `Create a webhook, which receives signed messages about events. An account has at most ${MAX_WEBHOOKS} webhooks`,
  body: z.strictObject({ url, eventTypes }).meta({
    id: 'NewWebhook',
    examples: [{ url: 'https://hooks.example.com/viernes', eventTypes: ['title.published'] }],
  }),
  returnsCredentials: true,
  success: { status: 201, description: 'The webhook and its secret', schema: issuedSecret },
  errors: ['WEBHOOKS_UNAVAILABLE', 'WEBHOOK_LIMIT_REACHED'],
});

export const getWebhook = defineOperation({
  ...oneWebhook,
  operationId: 'getWebhook',
  method: 'GET',
  path: '/v1/webhooks/:id',
  summary: 'Get a webhook',
  success: { status: 200, description: 'The webhook', schema: webhook },
  errors: ['WEBHOOK_NOT_FOUND'],
});

export const patchWebhook = defineOperation({
  ...oneWebhook,
  operationId: 'patchWebhook',
  method: 'PATCH',
  path: '/v1/webhooks/:id',
  summary: 'Change a webhook with a JSON Merge Patch. Enabling it sends the pending deliveries',
  body: z
    .strictObject({ url: url.optional(), eventTypes: eventTypes.optional(), isEnabled: z.boolean().optional() })
    .meta({ id: 'WebhookPatch', examples: [{ isEnabled: true }] }),
  bodyType: 'application/merge-patch+json',
  success: { status: 200, description: 'The updated webhook', schema: webhook },
  errors: ['WEBHOOK_NOT_FOUND'],
});

export const deleteWebhook = defineOperation({
  ...oneWebhook,
  operationId: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/webhooks/:id',
  summary: 'Delete a webhook with its deliveries',
  success: { status: 204, description: 'The webhook receives no further messages' },
  errors: ['WEBHOOK_NOT_FOUND'],
});

export const rotateWebhookSecret = defineOperation({
  ...oneWebhook,
  operationId: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/webhooks/:id/secret',
  idempotency: 'stored',
  summary: 'Create another secret. During the overlap, messages are signed with both secrets',
  body: z
    .strictObject({
      overlapHours: z
        .int()
        .min(0)
        .max(WEBHOOK_OVERLAP_HOURS.maximum)
        .optional()
        .meta({
          description: `How long the previous secret stays valid, in hours. Absent: ${WEBHOOK_OVERLAP_HOURS.default}. 0: the previous secret expires immediately`,
        }),
    })
    .meta({ id: 'WebhookSecretRotation', examples: [{ overlapHours: 24 }] }),
  returnsCredentials: true,
  success: { status: 201, description: 'The webhook and its new secret', schema: issuedSecret },
  errors: ['WEBHOOK_NOT_FOUND'],
});

export const testWebhook = defineOperation({
  ...oneWebhook,
  operationId: 'testWebhook',
  method: 'POST',
  path: '/v1/webhooks/:id/test',
  idempotency: 'stored',
  summary: `Send a message of the type ${WEBHOOK_TEST_TYPE}. The list of deliveries contains its outcome`,
  success: { status: 202, description: 'The delivery, which is sent soon', schema: delivery },
  errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_DISABLED'],
});

export const listWebhookDeliveries = defineOperation({
  ...oneWebhook,
  operationId: 'listWebhookDeliveries',
  method: 'GET',
  path: '/v1/webhooks/:id/deliveries',
  summary: 'List the deliveries of the last 30 days, newest first',
  query: z.strictObject(pageQuery),
  success: {
    status: 200,
    description: 'A page of deliveries',
    schema: z.object({ deliveries: z.array(delivery), nextCursor }).meta({ id: 'WebhookDeliveryPage' }),
  },
  errors: ['WEBHOOK_NOT_FOUND', 'CURSOR_INVALID'],
});

export const redeliverWebhook = defineOperation({
  ...webhooks,
  operationId: 'redeliverWebhook',
  method: 'POST',
  path: '/v1/webhooks/:id/deliveries/:deliveryId/redelivery',
  idempotency: 'stored',
  summary: 'Send a message again, with the same ID, unless it is being sent',
  params: z.strictObject({ id: uuid, deliveryId: uuid }),
  success: { status: 202, description: 'The delivery, which is sent soon', schema: delivery },
  errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_DELIVERY_NOT_FOUND', 'WEBHOOK_DISABLED'],
});

export const webhookOperations = [
  listWebhooks,
  createWebhook,
  getWebhook,
  patchWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  redeliverWebhook,
];
