import { TOPICS, type TopicDefinition } from '@viernes/contracts';

export interface RetryPolicy {
  /** Attempts for an event that fails with an unexpected error, including the first one. Then it is parked. */
  readonly attempts: number;
  /** Upper limit of the delay before the first retry, in milliseconds. The limit doubles with each retry. */
  readonly baseMs: number;
  /** Upper limit of every delay, in milliseconds. A retry delays later ones of its partition by at most this time. */
  readonly capMs: number;
}

/** The delays add up to 8 s on average, and at most to 16 s: longer than a restart of another service. */
const RETRY_POLICY: RetryPolicy = { attempts: 6, baseMs: 500, capMs: 10_000 };

export interface MessagingOptions {
  /** Names the consumer group `viernes.<service>` and the CloudEvents source `/viernes/<service>`. */
  readonly service: string;
  /** Bootstrap brokers, `host:port`. */
  readonly brokers: readonly string[];
  /** Topics that are created or extended at start. Default: TOPICS. */
  readonly topics?: readonly TopicDefinition[];
  /** Overrides of the default retry policy. */
  readonly retry?: Partial<RetryPolicy>;
}

export interface MessagingConfig extends Required<MessagingOptions> {
  readonly retry: RetryPolicy;
}

export const MESSAGING_CONFIG = Symbol('MessagingConfig');

export function toMessagingConfig({ topics = TOPICS, retry, ...options }: MessagingOptions): MessagingConfig {
  return { ...options, topics, retry: { ...RETRY_POLICY, ...retry } };
}
