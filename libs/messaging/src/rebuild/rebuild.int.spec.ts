import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { DatabaseModule, type Transaction } from '@viernes/database';
import { Shutdown } from '@viernes/platform';
import { backing, eventually } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';
import {
  MESSAGING_ENTITIES,
  MESSAGING_MIGRATIONS,
  Outbox,
  PermanentError,
  type EventHandler,
  type Received,
} from '../index.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import type { Noted } from '../testing/note.js';
import { TestService } from '../testing/test-service.js';
import { rebuild, type RebuildResult } from './rebuild.js';

describe('rebuild', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  interface Changes {
    readonly retentionHours?: number;
    readonly tables?: readonly string[];
    /** Replaces the effect of the service's handler. */
    readonly handle?: (tx: Transaction, received: Received<Noted>, outbox: Outbox) => Promise<void>;
  }

  /** Rebuilds with the handler of the service, as a separate process would. */
  const rebuildNotes = ({ retentionHours = Infinity, tables = ['applied'], handle }: Changes = {}) => {
    const { name, topic, event } = service;
    @Injectable()
    class Apply implements EventHandler<Noted> {
      readonly consumer = 'test.apply-note';
      readonly event = event;

      constructor(private readonly outbox: Outbox) {}

      async handle(tx: Transaction, received: Received<Noted>): Promise<void> {
        if (handle) return handle(tx, received, this.outbox);
        await service.before(tx, received);
        const { about, note } = received.data;
        await tx.query('INSERT INTO applied (event_id, about, note) VALUES ($1, $2, $3)', [received.id, about, note]);
      }
    }
    const database = DatabaseModule.forRoot({
      url: service.database.url,
      entities: [...MESSAGING_ENTITIES],
      migrations: [...MESSAGING_MIGRATIONS],
    });
    const options = {
      service: name,
      brokers: backing().kafkaBrokers,
      database,
      projection: { name: 'notes', handlers: [Apply], tables },
      topics: [{ name: topic, partitions: 3, retentionHours }],
      imports: [{ module: class Handlers {}, providers: [Apply] }],
    };
    return rebuild(options, new Shutdown());
  };

  const untilHandled = (count: number): Promise<boolean> =>
    eventually(async () => {
      const [row] = await service.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM inbox WHERE consumer = 'test.apply-note'`,
      );
      return (row?.count ?? 0) >= count;
    });
  const schemas = () => service.database.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%'`);

  /** Writes events of twenty keys until it is stopped. */
  const startWriter = (app: INestApplicationContext) => {
    let isStopped = false;
    let written = 0;
    const writing = (async () => {
      while (!isStopped) {
        const batch = Array.from({ length: 20 }, (_, key) => [`key ${key}`, String(written + key)] as const);
        await Promise.all(batch.map(([key, note]) => service.add(app, key, note)));
        written += 20;
        await delay(30);
      }
    })();
    return {
      untilWritten: (count: number) => eventually(() => written >= count, { withinSeconds: 60 }),
      stop: async (): Promise<number> => {
        isStopped = true;
        await writing;
        return written;
      },
    };
  };

  it('a rebuilt projection contains each event once and in the order of its key while events arrive', async () => {
    const [app] = await Promise.all([service.start(), service.start()]);
    const writer = startWriter(app);
    await writer.untilWritten(600);
    // Handled events are in the topic, too.
    await untilHandled(600);
    await service.database.query('DELETE FROM applied WHERE position % 3 = 0');
    await service.database.query(
      'INSERT INTO applied (event_id, about, note) SELECT event_id, about, note FROM applied',
    );
    const results: RebuildResult[] = [await rebuildNotes(), await rebuildNotes()];
    const written = await writer.stop();
    await untilHandled(written);

    const notes = (await service.applied()).map(Number);
    expect(notes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: written }, (_, note) => note));
    for (let key = 0; key < 20; key += 1) {
      const ofKey = (await service.applied(`key ${key}`)).map(Number);
      expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
    }
    expect(results.every(({ eventsApplied, rows }) => eventsApplied === rows && rows >= 600)).toBe(true);
    expect(await schemas()).toEqual([]);
  }, 180_000);

  it('omits events that the handler rejects, and applies parked events that it accepts', async () => {
    let isBroken = true;
    service.before = (_, { data }) =>
      isBroken && data.note === 'poison' ? Promise.reject(new PermanentError('cannot')) : Promise.resolve();
    const app = await service.start();
    await service.add(app, 'a', 'good', 'poison', 'better');
    await untilHandled(3);
    expect(await rebuildNotes()).toMatchObject({ eventsApplied: 2, eventsOmitted: 1, rows: 2 });
    expect(await service.applied()).toEqual(['good', 'better']);

    isBroken = false;
    expect(await rebuildNotes()).toMatchObject({ eventsApplied: 3, eventsOmitted: 0, rows: 3 });
    expect((await service.applied()).toSorted()).toEqual(['better', 'good', 'poison']);
    const letters = app.get(DeadLetters, { strict: false });
    const [letter] = (await letters.list({ state: undefined, cursor: '', pageSize: 10 })).entries;
    expect(letter?.state).toBe('redriven');
    await letters.redrive(letter?.id ?? '');
    await service.add(app, 'a', 'last');
    await untilHandled(4);
    expect((await service.applied()).toSorted()).toEqual(['better', 'good', 'last', 'poison']);
  });

  it('applies an event that waits for a retry, and the service skips the retry', async () => {
    let isUnavailable = true;
    service.before = (_, { data }) =>
      isUnavailable && data.note === 'late'
        ? Promise.reject(new CodedError('DEPENDENCY_UNAVAILABLE'))
        : Promise.resolve();
    const app = await service.start();
    await service.add(app, 'a', 'early', 'late');
    const countPending = async () => (await service.database.query('SELECT 1 FROM pending_retry')).length;
    await eventually(async () => (await countPending()) === 1);
    const handle = async (tx: Transaction, { id, data }: Received<Noted>) => {
      await tx.query('INSERT INTO applied (event_id, about, note) VALUES ($1, $2, $3)', [id, data.about, data.note]);
    };
    expect(await rebuildNotes({ handle })).toMatchObject({ eventsApplied: 2, rows: 2 });
    isUnavailable = false;
    await eventually(async () => (await countPending()) === 0);
    expect(await service.applied()).toEqual(['early', 'late']);
  });

  it('omits dropped events', async () => {
    let isBroken = true;
    service.before = (_, { data }) =>
      isBroken && data.note === 'poison' ? Promise.reject(new PermanentError('cannot')) : Promise.resolve();
    const app = await service.start();
    await service.add(app, 'a', 'good', 'poison');
    await untilHandled(2);
    const letters = app.get(DeadLetters, { strict: false });
    const [letter] = (await letters.list({ state: 'parked', cursor: '', pageSize: 10 })).entries;
    await letters.drop(letter?.id ?? '');
    isBroken = false;
    expect(await rebuildNotes()).toMatchObject({ eventsApplied: 1, eventsOmitted: 1 });
    expect(await service.applied()).toEqual(['good']);
  });

  it('publishes no events that handlers add to the outbox', async () => {
    const app = await service.start();
    await service.add(app, 'a', 'one', 'two');
    await untilHandled(2);
    await rebuildNotes({
      handle: (tx, { data }, outbox) =>
        outbox.add(tx, service.event, { about: data.about, note: `${data.note} again` }),
    });
    expect((await service.messages()).length).toBe(2);
    expect(await service.applied()).toEqual([]);
  });

  describe('a rejected rebuild changes nothing', () => {
    beforeEach(async () => {
      const app = await service.start();
      await service.add(app, 'a', 'one', 'two', 'three');
      await untilHandled(3);
    });
    afterEach(async () => {
      expect(await service.applied()).toEqual(['one', 'two', 'three']);
      expect(await schemas()).toEqual([]);
    });

    it('rejects a topic with limited retention', async () => {
      await expect(rebuildNotes({ retentionHours: 24 })).rejects.toThrow('does not retain all events');
    });

    it('rejects an event that the service applied and that is not in the topic', async () => {
      await service.database.query(`INSERT INTO inbox (consumer, event_id) VALUES ('test.apply-note', 'unknown')`);
      await expect(rebuildNotes()).rejects.toThrow('the service applied 1 events that the rebuild did not');
    });

    it('rejects a handler that rejects an event that the service applied', async () => {
      const handle = () => Promise.reject(new TypeError('cannot'));
      await expect(rebuildNotes({ handle })).rejects.toThrow('test.apply-note rejects event');
    });

    it('rejects a handler that writes to a table outside the projection', async () => {
      await service.database.query('CREATE TABLE other (note text)');
      const handle = async (tx: Transaction) => {
        await tx.query(`INSERT INTO other VALUES ('written')`);
      };
      await expect(rebuildNotes({ handle })).rejects.toThrow('writes to public.other');
      expect(await service.database.query('SELECT * FROM other')).toEqual([]);
    });

    it('rejects a second rebuild while one is in progress', async () => {
      const both = await Promise.allSettled([rebuildNotes(), rebuildNotes()]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { message: 'a rebuild of notes is in progress' },
      });
    });

    it('rejects a foreign key to a table of the projection', async () => {
      await service.database.query('ALTER TABLE applied ADD PRIMARY KEY (position)');
      await service.database.query('CREATE TABLE remark (position int REFERENCES applied)');
      await expect(rebuildNotes()).rejects.toThrow('remark refers to a table of the projection');
    });

    it('rejects a topic whose first events are deleted', async () => {
      const admin = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      const ends = await admin.fetchTopicOffsets(service.topic);
      const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }));
      await admin.deleteTopicRecords({ topic: service.topic, partitions });
      await admin.disconnect();
      await expect(rebuildNotes()).rejects.toThrow('earlier events are deleted');
    });
  });
});
