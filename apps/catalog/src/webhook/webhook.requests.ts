import { MAX_WEBHOOK_URL_LENGTH, WEBHOOK_EVENT_TYPES, WEBHOOK_OVERLAP_HOURS } from '@viernes/contracts';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

const url = z.string().max(MAX_WEBHOOK_URL_LENGTH);

/** Removes duplicates, and sorts the types in the order of WEBHOOK_EVENT_TYPES. */
const eventTypes = z
  .array(z.enum(WEBHOOK_EVENT_TYPES))
  .transform((types) => WEBHOOK_EVENT_TYPES.filter((type) => types.includes(type)));

export const CreateWebhookRequest = z.object({ url, eventTypes: eventTypes.refine((types) => types.length > 0) });
export type CreateWebhookRequest = z.infer<typeof CreateWebhookRequest>;

/** A request for one webhook. */
export const WebhookRequest = z.object({ webhookId: uuid });
export type WebhookRequest = z.infer<typeof WebhookRequest>;

export const UpdateWebhookRequest = z.object({
  webhookId: uuid,
  url: url.optional(),
  eventTypes: eventTypes.transform((types) => (types.length > 0 ? types : undefined)),
  isEnabled: z.boolean().optional(),
});
export type UpdateWebhookRequest = z.infer<typeof UpdateWebhookRequest>;

export const RotateWebhookSecretRequest = z.object({
  webhookId: uuid,
  overlapHours: z.int().min(0).max(WEBHOOK_OVERLAP_HOURS.maximum).default(WEBHOOK_OVERLAP_HOURS.default),
});
export type RotateWebhookSecretRequest = z.infer<typeof RotateWebhookSecretRequest>;
