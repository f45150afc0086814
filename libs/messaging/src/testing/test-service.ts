import 'reflect-metadata';
import { Injectable, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { defineEvent, type EventDefinition } from '@viernes/contracts';
import { Database, DatabaseModule, Transactions, type Transaction } from '@viernes/database';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { backing, createTestDatabase, eventually, uniqueName, type TestDatabase } from '@viernes/testing';
import { Kafka, logLevel, type Message } from 'kafkajs';
import {
  MESSAGING_ENTITIES,
  MESSAGING_MIGRATIONS,
  MessagingModule,
  Outbox,
  type AnyEventHandler,
  type EventHandler,
  type HandlerOrder,
  type HandlerTransaction,
  type Received,
} from '../index.js';

export interface Noted {
  readonly note: string;
  readonly about: string;
}

/** Two strings, written as protobuf would. */
export const Noted = {
  encode: ({ note, about }: Noted, writer = new BinaryWriter()) =>
    writer.uint32(10).string(note).uint32(18).string(about),
  decode(input: BinaryReader | Uint8Array): Noted {
    const reader = input instanceof BinaryReader ? input : new BinaryReader(input);
    const fields = ['', ''];
    while (reader.pos < reader.len) {
      const field = reader.uint32() >>> 3;
      fields[field - 1] = reader.string();
    }
    return { note: fields[0] ?? '', about: fields[1] ?? '' };
  },
};

class ApplyNote {
  readonly consumer: string = 'test.apply-note';
}

/** A service of its own: database, topic, group. What its handler applied stands in table `applied`, in order. */
export class TestService {
  readonly name = uniqueName('svc');
  readonly topic = uniqueName('viernes.notes');
  readonly event: EventDefinition<Noted> = defineEvent<Noted>({
    type: 'viernes.test.noted.v1',
    topic: this.topic,
    key: ({ about }) => about,
    codec: Noted,
  });
  private readonly running: INestApplicationContext[] = [];
  /** Runs before each effect; a test makes it fail. */
  before: (tx: Transaction, received: Received<Noted>) => Promise<void> = () => Promise.resolve();
  /** Runs after each effect, before the commit. */
  after: (tx: Transaction, received: Received<Noted>) => Promise<void> = () => Promise.resolve();

  private constructor(readonly database: TestDatabase) {}

  static async create(): Promise<TestService> {
    const database = await createTestDatabase();
    await database.query('CREATE TABLE applied (position serial, event_id text, about text, note text)');
    return new TestService(database);
  }

  async start({
    brokers = backing().kafkaBrokers,
    reads = true,
    url = this.database.url,
    partitions = 3,
    order = 'none' as HandlerOrder,
    transaction = 'batch' as HandlerTransaction,
  } = {}): Promise<INestApplicationContext> {
    const app = await NestFactory.createApplicationContext(
      {
        module: class App {},
        imports: [
          PlatformModule.forProcess(new Readiness(), new Shutdown()),
          DatabaseModule.forRoot({
            url,
            entities: [...MESSAGING_ENTITIES],
            migrations: [...MESSAGING_MIGRATIONS],
            poolSize: 6,
          }),
          MessagingModule.forRoot({
            service: this.name,
            brokers,
            handlers: reads ? [this.handler(order, transaction)] : [],
            topics: [{ name: this.topic, partitions, retentionHours: 1 }],
            retry: { attempts: 5, baseMs: 20, capMs: 200 },
          }),
        ],
      },
      { logger: false },
    );
    this.running.push(app);
    await app.get(Database).whenReady();
    return app;
  }

  add(app: INestApplicationContext, about: string, ...notes: string[]): Promise<void> {
    return app.get(Transactions).run(async (tx) => {
      const noted = notes.map((note) => ({ about, note }));
      await app.get(Outbox).add(tx, this.event, ...noted);
    });
  }

  async applied(about?: string): Promise<string[]> {
    const rows = await this.database.query<{ about: string; note: string }>(
      'SELECT about, note FROM applied ORDER BY position',
    );
    return rows.filter((row) => about === undefined || row.about === about).map(({ note }) => note);
  }

  /** Everything on a topic, as bare kafkajs reads it. */
  async onBroker(topic = this.topic): Promise<Message[]> {
    const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const found: Message[] = [];
    const consumer = kafka.consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void found.push(message)) });
    await eventually(() => found.length >= wanted);
    await consumer.disconnect();
    return found;
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.splice(0).map((app) => app.close()));
    await this.database.drop();
  }

  private handler(order: HandlerOrder, transaction: HandlerTransaction): Type<AnyEventHandler> {
    const { event } = this;
    const before = (tx: Transaction, received: Received<Noted>) => this.before(tx, received);
    const after = (tx: Transaction, received: Received<Noted>) => this.after(tx, received);
    @Injectable()
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
}
