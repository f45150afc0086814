import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { TopicDefinition } from '@viernes/contracts';
import { Database, Transactions } from '@viernes/database';
import type { RetryPolicy } from './consume/retry-policy.js';
import { DeadLetterReview } from './dead-letters/dead-letter-review.js';
import { DeadLetterController } from './dead-letters/dead-letter.controller.js';
import { PayloadReader } from './dead-letters/payload-json.js';
import { HandlerRegistry } from './event-consumer.js';
import { messagingParts } from './messaging-parts.js';
import { MessagingProcess } from './messaging-process.js';
import { OutboxModule } from './outbox.module.js';

export interface MessagingOptions {
  /** As in `viernes.<service>`, its consumer group, and `/viernes/<service>`, the source of its events. */
  readonly service: string;
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Made, or given more partitions, at start. Default TOPICS. */
  readonly topics?: readonly TopicDefinition[];
  /** Where it differs from RETRY_POLICY. */
  readonly retry?: Partial<RetryPolicy>;
}

/**
 * Starts the relay and, if the service has event handlers, the consumer. Both wait for the database and the broker. An
 * unavailable broker does not affect readiness.
 */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports: [DiscoveryModule, OutboxModule.forService(options.service)],
      controllers: [DeadLetterController],
      providers: [
        {
          provide: DeadLetterReview,
          inject: [Transactions],
          useFactory: (transactions: Transactions) => new DeadLetterReview(transactions, options.service),
        },
        HandlerRegistry,
        PayloadReader,
        {
          provide: MessagingProcess,
          inject: [Database, Transactions, HandlerRegistry],
          useFactory: (database: Database, transactions: Transactions, registry: HandlerRegistry) =>
            new MessagingProcess(() =>
              messagingParts({ ...options, database, transactions, handlers: registry.list() }),
            ),
        },
      ],
    };
  }
}
