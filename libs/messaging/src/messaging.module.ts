import { Module, type DynamicModule, type ModuleMetadata, type Type } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { Database, Transactions } from '@viernes/database';
import type { RetryPolicy } from './consume/retry-policy.js';
import { DeadLetterReview } from './dead-letters/dead-letter-review.js';
import { DeadLetterController } from './dead-letters/dead-letter.controller.js';
import { PayloadReader } from './dead-letters/payload-json.js';
import { messagingParts } from './messaging-parts.js';
import { MessagingProcess } from './messaging-process.js';
import { OutboxModule } from './outbox.module.js';
import type { AnyEventHandler } from './port/event-handler.js';

export interface MessagingOptions {
  /** As in `viernes.<service>`, its consumer group, and `/viernes/<service>`, the source of its events. */
  readonly service: string;
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Each class is made by Nest; what it injects comes from `imports` or global modules. */
  readonly handlers: readonly Type<AnyEventHandler>[];
  readonly imports?: ModuleMetadata['imports'];
  /** Made, or given more partitions, at start. Default TOPICS. */
  readonly topics?: readonly TopicDefinition[];
  /** Where it differs from RETRY_POLICY. */
  readonly retry?: Partial<RetryPolicy>;
}

const HANDLERS = Symbol('event handlers');

/** Relay and consumer start by themselves and wait for database and broker; a broker that is away makes no service unready. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports: [OutboxModule.forService(options.service), ...(options.imports ?? [])],
      controllers: [DeadLetterController],
      providers: [
        {
          provide: DeadLetterReview,
          inject: [Transactions],
          useFactory: (transactions: Transactions) => new DeadLetterReview(transactions, options.service),
        },
        {
          provide: PayloadReader,
          inject: [HANDLERS],
          useFactory: (handlers: AnyEventHandler[]) => new PayloadReader(handlers),
        },
        ...options.handlers,
        { provide: HANDLERS, useFactory: (...handlers: AnyEventHandler[]) => handlers, inject: [...options.handlers] },
        {
          provide: MessagingProcess,
          inject: [Database, Transactions, HANDLERS],
          useFactory: (database: Database, transactions: Transactions, handlers: AnyEventHandler[]) =>
            new MessagingProcess(messagingParts({ ...options, database, transactions, handlers })),
        },
      ],
    };
  }
}
