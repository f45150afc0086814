import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { TopicDefinition } from '@viernes/contracts';
import { Database, DatabaseModule, Transactions, type Transaction } from '@viernes/database';
import {
  EventConsumer,
  MESSAGING_ENTITIES,
  MESSAGING_MIGRATIONS,
  MessagingModule,
  Outbox,
  type AnyEventHandler,
  type Received,
} from '@viernes/messaging';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { Arrivals } from './arrivals.js';
import { CommitListener } from './commit-listener.js';
import { benchEvent, createHeartbeat, type PlaybackProgressed } from './playback-events.js';

export interface SendOptions {
  /** Events in one transaction, or in one request to the broker. */
  readonly batchSize: number;
  /** Concurrent transactions. A Kafka producer has one request in flight. */
  readonly concurrency: number;
}

export interface EventPath {
  /** Sends events and resolves when all of them are handled. */
  readonly send: (count: number, options: SendOptions) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EventPipeline extends EventPath {
  /** Sends one event and resolves when it is handled. */
  readonly sendOne: () => Promise<void>;
}

/**
 * Runs the complete path of an event between two services in one process: a transaction with an outbox row, the relay,
 * Kafka, the consumer, and a transaction with an inbox row. An event has arrived when the last transaction is committed.
 */
export async function startPipeline(
  databaseUrl: string,
  brokers: readonly string[],
  topic: TopicDefinition,
): Promise<EventPipeline> {
  const arrivals = new Arrivals();
  const commits = new CommitListener((playbackId) => arrivals.add(playbackId));
  const event = benchEvent(topic.name);
  @EventConsumer()
  class CountArrivals implements AnyEventHandler {
    readonly consumer = 'bench.count-arrivals';
    readonly event = event;
    async handle(tx: Transaction, { data }: Received<never>): Promise<void> {
      commits.add(tx, (data as PlaybackProgressed).playbackId);
    }
  }
  class BenchModule {}

  const app = await NestFactory.createApplicationContext(
    {
      module: BenchModule,
      imports: [
        PlatformModule.forProcess(new Readiness(), new Shutdown()),
        DatabaseModule.forRoot({ url: databaseUrl, entities: MESSAGING_ENTITIES, migrations: MESSAGING_MIGRATIONS }),
        MessagingModule.forRoot({ service: topic.name, brokers, topics: [topic] }),
      ],
      providers: [CountArrivals],
    },
    // No warnings: the consumer's first attempt can fail because its topic does not exist yet.
    { logger: ['error'] },
  );
  await app.get(Database).whenReady();
  const [transactions, outbox] = [app.get(Transactions), app.get(Outbox)];
  await transactions.run(async (tx) => void tx.connection.subscribers.push(commits));
  const write = (...data: PlaybackProgressed[]): Promise<void> =>
    transactions.run((tx) => outbox.add(tx, event, ...data));

  async function send(count: number, { batchSize, concurrency }: SendOptions): Promise<void> {
    const allArrived = arrivals.expect(count);
    let remaining = count;
    const writer = async (): Promise<void> => {
      while (remaining > 0) {
        const size = Math.min(batchSize, remaining);
        remaining -= size;
        await write(...Array.from({ length: size }, createHeartbeat));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, writer));
    await allArrived;
  }

  async function sendOne(): Promise<void> {
    const data = createHeartbeat();
    const arrived = arrivals.waitFor(data.playbackId);
    await write(data);
    await arrived;
  }
  return { send, sendOne, stop: () => app.close() };
}
