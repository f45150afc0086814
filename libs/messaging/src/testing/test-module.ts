import { Injectable, type DynamicModule, type Type } from '@nestjs/common';
import type { EventDefinition } from '@viernes/contracts';
import { DatabaseModule, type Transaction } from '@viernes/database';
import {
  EventConsumer,
  MESSAGING_ENTITIES,
  MESSAGING_MIGRATIONS,
  MessagingModule,
  type AnyEventHandler,
  type EventHandler,
  type HandlerOrder,
  type HandlerTransaction,
  type Received,
} from '../index.js';
import type { Noted } from './note.js';

export type Step = (tx: Transaction, received: Received<Noted>) => Promise<void>;

export interface TestModuleOptions {
  readonly service: string;
  readonly event: EventDefinition<Noted>;
  readonly url: string;
  readonly brokers: readonly string[];
  readonly reads: boolean;
  readonly partitions: number;
  readonly order: HandlerOrder;
  readonly transaction: HandlerTransaction;
  /** Before and after the effect of each event. */
  readonly before: Step;
  readonly after: Step;
}

/** A service whose one handler writes what it applied to table `applied`, in order. */
export function testModule(options: TestModuleOptions, platform: DynamicModule): DynamicModule {
  const { service, brokers, event, partitions, reads, url } = options;
  return {
    module: class App {},
    imports: [
      platform,
      DatabaseModule.forRoot({
        url,
        entities: [...MESSAGING_ENTITIES],
        migrations: [...MESSAGING_MIGRATIONS],
        poolSize: 6,
      }),
      MessagingModule.forRoot({
        service,
        brokers,
        topics: [{ name: event.topic, partitions, retentionHours: 1 }],
        retry: { attempts: 5, baseMs: 20, capMs: 200 },
      }),
    ],
    providers: reads ? [handler(options)] : [],
  };
}

class ApplyNote {
  readonly consumer: string = 'test.apply-note';
}

function handler({ event, order, transaction, before, after }: TestModuleOptions): Type<AnyEventHandler> {
  @Injectable()
  @EventConsumer()
  class Apply extends ApplyNote implements EventHandler<Noted> {
    readonly event = event;
    readonly order = order;
    readonly transaction = transaction;

    async handle(tx: Transaction, received: Received<Noted>): Promise<void> {
      await before(tx, received);
      const { about, note } = received.data;
      await tx.query('INSERT INTO applied (event_id, about, note) VALUES ($1, $2, $3)', [received.id, about, note]);
      await after(tx, received);
    }
  }
  return Apply;
}
