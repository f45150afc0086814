import { TOPICS, type TopicDefinition } from '@viernes/contracts';
import type { Database, Transactions } from '@viernes/database';
import { Delivery } from './consume/delivery.js';
import { Effects } from './consume/effects.js';
import { HandlerDelivery } from './consume/handler-delivery.js';
import { PendingDelivery } from './consume/pending-delivery.js';
import { RetryDelivery } from './consume/retry-delivery.js';
import { RETRY_POLICY, type RetryPolicy } from './consume/retry-policy.js';
import { Settlement } from './consume/settlement.js';
import { ConsumerLag } from './kafka/consumer-lag.js';
import { createKafka } from './kafka/kafka-client.js';
import { KafkaSockets } from './kafka/kafka-sockets.js';
import { KafkaPublisher } from './kafka/kafka-publisher.js';
import { KafkaSubscription } from './kafka/kafka-subscription.js';
import type { MessagingParts } from './messaging-process.js';
import type { AnyEventHandler } from './port/event-handler.js';
import { DeadLetterBox } from './postgres/dead-letter-box.js';
import { InboxCleaner } from './postgres/inbox-cleaner.js';
import { OverdueRetries } from './postgres/overdue-retries.js';
import { RetryQueue } from './postgres/retry-queue.js';
import { OutboxRelay } from './relay/outbox-relay.js';
import { derivedTopics, retryTopic } from './topics/derived-topics.js';
import { requireOrder } from './topics/require-order.js';

const PARTITIONS_AT_ONCE = 3;
/** Retries are few, and one of them may hold a connection for long: they leave the others to what is new. */
const RETRY_PARTITIONS_AT_ONCE = 1;
/** Of one partition in one transaction. More would hold its locks for longer and gain little. */
const BATCH_SIZE = 250;
/** Over the longest retention: nothing that a topic still holds may be forgotten by the inbox. */
const INBOX_MARGIN_HOURS = 24;

export interface PartsOptions {
  readonly service: string;
  readonly brokers: readonly string[];
  readonly topics?: readonly TopicDefinition[] | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly database: Database;
  readonly transactions: Transactions;
  readonly handlers: readonly AnyEventHandler[];
}

/** Puts together all that works in the background for one service. */
export function messagingParts(options: PartsOptions): MessagingParts {
  const { service, brokers, topics = TOPICS, database, transactions, handlers } = options;
  requireOrder(handlers, topics);
  const groupId = `viernes.${service}`;
  const read = [...new Set(handlers.map(({ event }) => event.topic))];
  const origins = topics.filter(({ name }) => read.includes(name));
  const wanted = [...topics, ...origins.flatMap((origin) => derivedTopics(origin, service))];
  const sockets = new KafkaSockets();
  const kafka = createKafka(groupId, brokers, sockets);
  const publisher = new KafkaPublisher(kafka, wanted);
  return {
    database,
    publisher,
    sockets,
    relay: new OutboxRelay(database, publisher),
    ...deliveries(options),
    topics: read,
    subscription: new KafkaSubscription({
      ...{ kafka, groupId, topics: wanted, batchSize: BATCH_SIZE },
      concurrency: PARTITIONS_AT_ONCE,
    }),
    retryTopics: read.map((topic) => retryTopic(topic, service)),
    // A group and connections of their own: a retry that takes long delays no new event.
    retrySubscription: new KafkaSubscription({
      ...{ kafka, groupId: `${groupId}.retry`, topics: wanted, batchSize: BATCH_SIZE },
      concurrency: RETRY_PARTITIONS_AT_ONCE,
    }),
    overdue: new OverdueRetries(database, transactions, new RetryQueue(service)),
    lag: new ConsumerLag(kafka, groupId, read),
    cleaner: inboxCleaner(database, transactions, wanted, handlers),
  };
}

function deliveries(options: PartsOptions): Pick<MessagingParts, 'delivery' | 'retryDelivery'> {
  const { service, transactions, handlers } = options;
  const effects = new Effects(transactions);
  const retries = new RetryQueue(service);
  const policy = { ...RETRY_POLICY, ...options.retry };
  const settlement = new Settlement({ effects, retries, deadLetters: new DeadLetterBox(service), policy });
  const byType = new Map<string, HandlerDelivery[]>();
  const byConsumer = new Map<string, PendingDelivery>();
  for (const handler of handlers) {
    const { type } = handler.event;
    const delivery = new HandlerDelivery(handler, effects, retries, settlement);
    byType.set(type, [...(byType.get(type) ?? []), delivery]);
    byConsumer.set(handler.consumer, new PendingDelivery(handler, effects, retries, settlement));
  }
  return { delivery: new Delivery(byType), retryDelivery: new RetryDelivery(byConsumer) };
}

function inboxCleaner(
  database: Database,
  transactions: Transactions,
  topics: readonly TopicDefinition[],
  handlers: readonly AnyEventHandler[],
): InboxCleaner {
  const isForEver = new Set(topics.filter(({ retentionHours }) => retentionHours === Infinity).map(({ name }) => name));
  const bounded = topics.filter(({ name }) => !isForEver.has(name));
  const keepHours = Math.max(0, ...bounded.map(({ retentionHours }) => retentionHours)) + INBOX_MARGIN_HOURS;
  const neverForgetting = handlers.filter(({ event }) => isForEver.has(event.topic)).map(({ consumer }) => consumer);
  return new InboxCleaner(database, transactions, keepHours, neverForgetting);
}
