import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { TopicDefinition } from '@viernes/contracts';
import { Database, DatabaseModule, Transactions } from '@viernes/database';
import type { Transaction } from '@viernes/database';
import { EventConsumer, MESSAGING_ENTITIES, MESSAGING_MIGRATIONS, MessagingModule, Outbox } from '@viernes/messaging';
import type { AnyEventHandler, Received } from '@viernes/messaging';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { Arrivals } from './arrivals.ts';
import { Commits } from './commits.ts';
import { benchEvent, heartbeat } from './playback-events.ts';
import type { PlaybackProgressed } from './playback-events.ts';

export interface Load {
  /** Events in one transaction, or in one request to the broker. */
  readonly batchSize: number;
  /** Transactions under way at once; a producer has one request. */
  readonly writersAtOnce: number;
}

export interface EventPath {
  /** Sends so many events and settles when all have been handled. */
  readonly carry: (count: number, load: Load) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EventPipeline extends EventPath {
  /** Sends one event, and settles when it has been handled. */
  readonly carryOne: () => Promise<void>;
}

/**
 * Everything that an event passes between two services, in one process: a transaction with its outbox row, the relay,
 * Kafka, the consumer, a transaction with its inbox row. An event has arrived when that last transaction is committed.
 */
export async function startPipeline(
  databaseUrl: string,
  brokers: readonly string[],
  topic: TopicDefinition,
): Promise<EventPipeline> {
  const arrivals = new Arrivals();
  const commits = new Commits((playbackId) => arrivals.add(playbackId));
  const event = benchEvent(topic.name);
  class CountArrivals implements AnyEventHandler {
    readonly consumer = 'bench.count-arrivals';
    readonly event = event;
    async handle(tx: Transaction, { data }: Received<never>): Promise<void> {
      commits.note(tx, (data as PlaybackProgressed).playbackId);
    }
  }
  // Node.js runs this file without a compiler, so there is no decorator syntax.
  EventConsumer()(CountArrivals);
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
    // Not warnings: the consumer's first try may find its topic not quite made yet, and tries again.
    { logger: ['error'] },
  );
  await app.get(Database).whenReady();
  const [transactions, outbox] = [app.get(Transactions), app.get(Outbox)];
  await transactions.run(async (tx) => void tx.connection.subscribers.push(commits));
  const write = (...data: PlaybackProgressed[]): Promise<void> =>
    transactions.run((tx) => outbox.add(tx, event, ...data));

  async function carry(count: number, { batchSize, writersAtOnce }: Load): Promise<void> {
    const arrived = arrivals.expect(count);
    let left = count;
    const writer = async (): Promise<void> => {
      while (left > 0) {
        const size = Math.min(batchSize, left);
        left -= size;
        await write(...Array.from({ length: size }, heartbeat));
      }
    };
    await Promise.all(Array.from({ length: writersAtOnce }, writer));
    await arrived;
  }

  async function carryOne(): Promise<void> {
    const data = heartbeat();
    const arrived = arrivals.of(data.playbackId);
    await write(data);
    await arrived;
  }
  return { carry, carryOne, stop: () => app.close() };
}
