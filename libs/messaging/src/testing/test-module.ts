import { Injectable, type DynamicModule, type Type } from '@nestjs/common';
import type { EventDefinition, TopicDefinition } from '@viernes/contracts';
import { DatabaseModule, type Transaction } from '@viernes/database';
import {
  EventConsumer,
  MESSAGING_ENTITIES,
  MESSAGING_MIGRATIONS,
  MessagingModule,
  type AnyEventHandler,
  type EventHandler,
  type Received,
} from '../index.js';
import type { Noted } from './note.js';

export type Step = (tx: Transaction, received: Received<Noted>) => Promise<void>;

export interface TestModuleOptions {
  readonly service: string;
  readonly event: EventDefinition<Noted>;
  readonly url: string;
  readonly brokers: readonly string[];
  /** False for a service without event handlers. */
  readonly consumes: boolean;
  /** Replaces the handler of the test service. */
  readonly handlers?: readonly Type<AnyEventHandler>[];
  /** Replaces the topic of the test service. */
  readonly topics?: readonly TopicDefinition[];
  readonly partitions: number;
  readonly retentionHours: number;
  readonly transaction: 'batch' | 'event';
  readonly accepts: (received: Received<Noted>) => boolean;
  /** Runs before the effect of each event. */
  readonly before: Step;
  /** Runs after the effect of each event, before the commit. */
  readonly after: Step;
}

/** A service with one handler, which writes the events that it applies to the table `applied`, in order. */
export function testModule(options: TestModuleOptions): DynamicModule {
  const { service, brokers, event, partitions, retentionHours, consumes, url } = options;
  const { topics = [{ name: event.topic, partitions, retentionHours }], handlers = [createHandler(options)] } = options;
  return {
    module: class TestModule {},
    imports: [
      DatabaseModule.forRoot({
        url,
        entities: [...MESSAGING_ENTITIES],
        migrations: [...MESSAGING_MIGRATIONS],
        poolSize: 6,
      }),
      MessagingModule.forRoot({
        service,
        brokers,
        topics,
        retry: { attempts: 5, baseMs: 20, capMs: 200 },
      }),
    ],
    providers: consumes ? [...handlers] : [],
  };
}

function createHandler({ event, transaction, accepts, before, after }: TestModuleOptions): Type<AnyEventHandler> {
  @Injectable()
  @EventConsumer()
  class ApplyNote implements EventHandler<Noted> {
    readonly consumer = 'test.apply-note';
    readonly event = event;
    readonly transaction = transaction;
    readonly accepts = accepts;

    async handle(tx: Transaction, received: Received<Noted>): Promise<void> {
      await before(tx, received);
      const { about, note } = received.data;
      await tx.query('INSERT INTO applied (event_id, about, note) VALUES ($1, $2, $3)', [received.id, about, note]);
      await after(tx, received);
    }
  }
  return ApplyNote;
}
