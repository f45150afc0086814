import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { TopicDefinition } from '@viernes/contracts';
import { Database, DatabaseModule, Transactions } from '@viernes/database';
import { MESSAGING_ENTITIES, MESSAGING_MIGRATIONS, MessagingModule, Outbox } from '@viernes/messaging';
import type { AnyEventHandler } from '@viernes/messaging';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { Arrivals } from './arrivals.ts';
import { benchEvent, heartbeat } from './playback-events.ts';

export interface EventPath {
  /** Sends so many events, several at a time, and settles when all have been handled. */
  readonly carry: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Everything that an event passes between two services, in one process: a transaction with its outbox row, the relay,
 * Kafka, the consumer, a transaction with its inbox row.
 */
export async function startPipeline(
  databaseUrl: string,
  brokers: readonly string[],
  topic: TopicDefinition,
  writersAtOnce: number,
): Promise<EventPath> {
  const arrivals = new Arrivals();
  const event = benchEvent(topic.name);
  class CountArrivals implements AnyEventHandler {
    readonly consumer = 'bench.count-arrivals';
    readonly event = event;
    async handle(): Promise<void> {
      arrivals.add();
    }
  }
  class BenchModule {}

  const app = await NestFactory.createApplicationContext(
    {
      module: BenchModule,
      imports: [
        PlatformModule.forProcess(new Readiness(), new Shutdown()),
        DatabaseModule.forRoot({ url: databaseUrl, entities: MESSAGING_ENTITIES, migrations: MESSAGING_MIGRATIONS }),
        MessagingModule.forRoot({ service: topic.name, brokers, handlers: [CountArrivals], topics: [topic] }),
      ],
    },
    // Not warnings: the consumer's first try may find its topic not quite made yet, and tries again.
    { logger: ['error'] },
  );
  await app.get(Database).whenReady();
  const [transactions, outbox] = [app.get(Transactions), app.get(Outbox)];

  async function carry(count: number): Promise<void> {
    const arrived = arrivals.expect(count);
    let left = count;
    const writer = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await transactions.run((tx) => outbox.add(tx, event, heartbeat()));
      }
    };
    await Promise.all(Array.from({ length: writersAtOnce }, writer));
    await arrived;
  }
  return { carry, stop: () => app.close() };
}
