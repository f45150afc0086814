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
import { Outbox, type Received } from '../index.js';
import { notedEvent, type Noted } from './note.js';
import { testModule, type TestModuleOptions } from './test-module.js';

export type ConsumerProcess = ChildProcessByStdio<null, Readable, null>;

/** A service with its own database, topic, and consumer group. The table `applied` contains applied events in order. */
export class TestService {
  readonly name = uniqueName('svc');
  readonly topic = uniqueName('viernes.notes');
  readonly event = notedEvent(this.topic);
  private readonly running: INestApplicationContext[] = [];
  private readonly processes: ConsumerProcess[] = [];
  /** Runs before each effect. Can fail. */
  before: (tx: Transaction, received: Received<Noted>) => Promise<void> = () => Promise.resolve();
  /** Runs after each effect, before the commit. */
  after: (tx: Transaction, received: Received<Noted>) => Promise<void> = () => Promise.resolve();

  private constructor(readonly database: TestDatabase) {}

  static async create(): Promise<TestService> {
    const database = await createTestDatabase();
    await database.query('CREATE TABLE applied (position serial, event_id text, about text, note text)');
    return new TestService(database);
  }

  /** Starts a replica in this process. */
  async start(options: Partial<TestModuleOptions> = {}): Promise<INestApplicationContext> {
    const platform = PlatformModule.forProcess(new Readiness(), new Shutdown());
    const app = await NestFactory.createApplicationContext(
      { module: class TestApp {}, imports: [platform, this.module(options)] },
      { logger: false },
    );
    this.running.push(app);
    await app.get(Database).whenReady();
    return app;
  }

  module(options: Partial<TestModuleOptions> = {}) {
    return testModule({
      service: this.name,
      event: this.event,
      url: this.database.url,
      brokers: backing().kafkaBrokers,
      consumes: true,
      partitions: 3,
      retentionHours: 1,
      transaction: 'batch',
      accepts: () => true,
      before: (tx, received) => this.before(tx, received),
      after: (tx, received) => this.after(tx, received),
      ...options,
    });
  }

  /** Starts a replica in a separate process, see consumer-process.ts. */
  startProcess(mode: 'slow' | 'stuck'): ConsumerProcess {
    const consumer = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('run-source.mjs', import.meta.url)),
        fileURLToPath(new URL('consumer-process.ts', import.meta.url)),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          LOG_LEVEL: 'error',
          HEALTH_ADDRESS: '127.0.0.1:0',
          DATABASE_URL: this.database.url,
          KAFKA_BROKERS: backing().kafkaBrokers.join(','),
          SERVICE: this.name,
          TOPIC: this.topic,
          MODE: mode,
          KAFKAJS_NO_PARTITIONER_WARNING: '1',
        },
      },
    );
    this.processes.push(consumer);
    return consumer;
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

  /** Reads all messages of a topic with kafkajs. */
  async messages(topic = this.topic): Promise<Message[]> {
    const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const count = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const found: Message[] = [];
    const consumer = kafka.consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void found.push(message)) });
    await eventually(() => found.length >= count);
    await consumer.disconnect();
    return found;
  }

  async stop(): Promise<void> {
    for (const consumer of this.processes.splice(0)) {
      if (consumer.exitCode !== null || consumer.signalCode !== null) continue;
      consumer.kill('SIGKILL');
      await once(consumer, 'exit');
    }
    await Promise.all(this.running.splice(0).map((app) => app.close()));
    await this.database.drop();
  }
}
