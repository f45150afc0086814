import 'reflect-metadata';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database, Transactions, type Transaction } from '@viernes/database';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import { backing, createTestDatabase, eventually, uniqueName, type TestDatabase } from '@viernes/testing';
import { Kafka, logLevel, type Message } from 'kafkajs';
import { Outbox, type HandlerOrder, type HandlerTransaction, type Received } from '../index.js';
import { notedOn, type Noted } from './note.js';
import { testModule } from './test-module.js';

export type ReaderProcess = ChildProcessByStdio<null, Readable, null>;

/** A service of its own: database, topic, group. What its handler applied stands in table `applied`, in order. */
export class TestService {
  readonly name = uniqueName('svc');
  readonly topic = uniqueName('viernes.notes');
  readonly event = notedOn(this.topic);
  private readonly running: INestApplicationContext[] = [];
  private readonly processes: ReaderProcess[] = [];
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
    after = (tx: Transaction, received: Received<Noted>) => this.after(tx, received),
  } = {}): Promise<INestApplicationContext> {
    const { name: service, event } = this;
    const before = (tx: Transaction, received: Received<Noted>) => this.before(tx, received);
    const platform = PlatformModule.forProcess(new Readiness(), new Shutdown());
    const options = { service, event, url, brokers, reads, partitions, order, transaction, before, after };
    const app = await NestFactory.createApplicationContext(testModule(options, platform), { logger: false });
    this.running.push(app);
    await app.get(Database).whenReady();
    return app;
  }

  /** A reader in a process of its own, see reader-process.ts. */
  startProcess(mode: 'waits' | 'dies'): ReaderProcess {
    const reader = spawn(
      process.execPath,
      [
        ...['--conditions=@viernes/source', '--disable-warning=TimeoutNegativeWarning'],
        ...['--import', fileURLToPath(new URL('run-source.mjs', import.meta.url))],
        fileURLToPath(new URL('reader-process.ts', import.meta.url)),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...{ PATH: process.env['PATH'], LOG_LEVEL: 'error', HEALTH_ADDRESS: '127.0.0.1:0' },
          ...{ DATABASE_URL: this.database.url, KAFKA_BROKERS: backing().kafkaBrokers.join(',') },
          ...{ SERVICE: this.name, TOPIC: this.topic, MODE: mode, KAFKAJS_NO_PARTITIONER_WARNING: '1' },
        },
      },
    );
    this.processes.push(reader);
    return reader;
  }

  add(app: INestApplicationContext, about: string, ...notes: string[]): Promise<void> {
    return this.addAll(
      app,
      notes.map((note) => ({ about, note })),
    );
  }

  addAll(app: INestApplicationContext, noted: readonly Noted[]): Promise<void> {
    return app.get(Transactions).run((tx) => app.get(Outbox).add(tx, this.event, ...noted));
  }

  async applied(about?: string): Promise<string[]> {
    const rows = await this.database.query<{ about: string; note: string }>(
      'SELECT about, note FROM applied ORDER BY position',
    );
    return rows.filter((row) => about === undefined || row.about === about).map(({ note }) => note);
  }

  get retryTopic(): string {
    return `${this.topic}.retry.${this.name}`;
  }

  get deadLetterTopic(): string {
    return `${this.topic}.dead-letter.${this.name}`;
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
    for (const reader of this.processes.splice(0)) {
      if (reader.exitCode !== null || reader.signalCode !== null) continue;
      reader.kill('SIGKILL');
      await once(reader, 'exit');
    }
    await Promise.all(this.running.splice(0).map((app) => app.close()));
    await this.database.drop();
  }
}
