import { Module, type DynamicModule, type ModuleMetadata, type Type } from '@nestjs/common';
import { TOPICS, type TopicDefinition } from '@viernes/contracts';
import { Database, Transactions } from '@viernes/database';
import { Delivery } from './consume/delivery.js';
import { createKafka } from './kafka/kafka-client.js';
import { KafkaPublisher } from './kafka/kafka-publisher.js';
import { KafkaSubscription } from './kafka/kafka-subscription.js';
import { MessagingProcess } from './messaging-process.js';
import { OutboxModule } from './outbox.module.js';
import type { AnyEventHandler } from './port/event-handler.js';
import { InboxCleaner } from './postgres/inbox-cleaner.js';
import { OutboxRelay } from './relay/outbox-relay.js';
import { derivedTopics } from './topics/derived-topics.js';

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
}

const HANDLERS = Symbol('event handlers');
const PARTITIONS_AT_ONCE = 3;
/** Over the longest retention: nothing that a topic still holds may be forgotten by the inbox. */
const INBOX_MARGIN_HOURS = 24;

/** Relay and consumer start by themselves and wait for database and broker; a broker that is away makes no service unready. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports: [OutboxModule.forService(options.service), ...(options.imports ?? [])],
      providers: [
        ...options.handlers,
        { provide: HANDLERS, useFactory: (...handlers: AnyEventHandler[]) => handlers, inject: [...options.handlers] },
        {
          provide: MessagingProcess,
          inject: [Database, Transactions, HANDLERS],
          useFactory: (database: Database, transactions: Transactions, handlers: AnyEventHandler[]) =>
            createProcess(options, database, transactions, handlers),
        },
      ],
    };
  }
}

function createProcess(
  { service, brokers, topics = TOPICS }: MessagingOptions,
  database: Database,
  transactions: Transactions,
  handlers: readonly AnyEventHandler[],
): MessagingProcess {
  const groupId = `viernes.${service}`;
  const read = [...new Set(handlers.map(({ event }) => event.topic))];
  const origins = topics.filter(({ name }) => read.includes(name));
  const wanted = [...topics, ...origins.flatMap((origin) => derivedTopics(origin, service))];
  const kafka = createKafka(groupId, brokers);
  const publisher = new KafkaPublisher(kafka, wanted);
  const isForEver = new Set(wanted.filter(({ retentionHours }) => retentionHours === Infinity).map(({ name }) => name));
  const bounded = wanted.filter(({ name }) => !isForEver.has(name));
  const keepHours = Math.max(0, ...bounded.map(({ retentionHours }) => retentionHours)) + INBOX_MARGIN_HOURS;
  const neverForgetting = handlers.filter(({ event }) => isForEver.has(event.topic)).map(({ consumer }) => consumer);
  return new MessagingProcess({
    database,
    topics: read,
    publisher,
    relay: new OutboxRelay(database, publisher),
    subscription: new KafkaSubscription({ kafka, groupId, topics: wanted, concurrency: PARTITIONS_AT_ONCE }),
    delivery: new Delivery(service, handlers, transactions, publisher),
    cleaner: new InboxCleaner(database, transactions, keepHours, neverForgetting),
  });
}
