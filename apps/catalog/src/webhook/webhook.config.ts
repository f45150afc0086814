import { flag } from '@viernes/platform';
import { z } from 'zod';
import { AddressRanges } from './address-ranges.js';

export const webhookEnv = {
  /** Whether editors can create webhooks, and whether this process sends them. */
  WEBHOOKS_ENABLED: flag,
  /** The limit of one attempt, from the resolution of the name to the headers of the response. */
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(20_000).default(10_000),
  /** Addresses that receive webhooks although they are not public, even without TLS: only for development. */
  WEBHOOK_ALLOWED_ADDRESSES: z
    .string()
    .default('')
    .transform((list, context) => {
      try {
        return AddressRanges.parse(list);
      } catch {
        context.addIssue('must be comma-separated IP addresses or CIDR ranges');
        return z.NEVER;
      }
    }),
};

export type WebhookConfig = Readonly<z.infer<z.ZodObject<typeof webhookEnv>>>;

/** Injects the WebhookConfig. */
export const WEBHOOK_CONFIG = Symbol('WebhookConfig');
