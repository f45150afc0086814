import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventPublisher, KafkaConnection, KafkaTraceSender, TracePublisher } from '@viernes/kafka';
import { EventCleanup } from './cleanup/event-cleanup.js';
import { MESSAGING_CONFIG, toMessagingConfig, type MessagingOptions } from './config/messaging.config.js';
import { EventConsumers } from './consume/event-consumers.js';
import { EventProcessor } from './consume/event-processor.js';
import { FailureRecorder } from './consume/failure-recorder.js';
import { HandlerInvoker } from './consume/handler-invoker.js';
import { RetryDispatcher } from './consume/retry-dispatcher.js';
import { DeadLetterController } from './dead-letters/dead-letter.controller.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { HandlerRegistry } from './event/event-consumer.js';
import { ServiceTopics } from './topics/service-topics.js';
import { BacklogGauges } from './metrics/backlog-gauges.js';
import { ConsumerLag } from './metrics/consumer-lag.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { Outbox } from './outbox/outbox.js';
import { RetryQueue } from './retry/retry-queue.js';

const COMPONENTS = [
  HandlerRegistry,
  Outbox,
  OutboxRelay,
  TracePublisher,
  ServiceTopics,
  EventConsumers,
  EventProcessor,
  HandlerInvoker,
  EventCleanup,
  FailureRecorder,
  RetryQueue,
  RetryDispatcher,
  DeadLetters,
  BacklogGauges,
  ConsumerLag,
];

/**
 * Publishes the events of a service and, if it has event handlers, consumes events. Waits for the database and the
 * broker. An unavailable broker does not affect readiness.
 */
@Global()
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    const { service, brokers } = options;
    return {
      module: MessagingModule,
      imports: [DiscoveryModule],
      controllers: [DeadLetterController],
      providers: [
        { provide: MESSAGING_CONFIG, useValue: toMessagingConfig(options) },
        { provide: KafkaConnection, useFactory: () => new KafkaConnection(`viernes.${service}`, brokers) },
        { provide: KafkaTraceSender, useFactory: () => new KafkaTraceSender(service, brokers) },
        {
          provide: EventPublisher,
          useFactory: ({ kafka }: KafkaConnection, topics: ServiceTopics) =>
            new EventPublisher(kafka, () => topics.ensure()),
          inject: [KafkaConnection, ServiceTopics],
        },
        ...COMPONENTS,
      ],
      exports: [Outbox, KafkaTraceSender],
    };
  }
}
