import 'reflect-metadata';
import { ADVISORY_LOCKS, Transactions } from '@viernes/database';
import { Readiness } from '@viernes/platform';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';
import { register } from 'prom-client';
import { Outbox } from './index.js';
import { Noted } from './testing/note.js';
import { TestService } from './testing/test-service.js';

describe('messaging', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  const arrives = (...notes: string[]) =>
    eventually(async () => {
      const applied = await service.applied();
      expect(applied.filter((note) => notes.includes(note))).toEqual(notes);
    });

  it('publishes an event once as a CloudEvent after its transaction commits, and never after a rollback', async () => {
    const app = await service.start();
    const failed = app.get(Transactions).run(async (tx) => {
      await app.get(Outbox).add(tx, service.event, { about: 'a', note: 'undone' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await service.add(app, 'a', 'done');
    await arrives('done');
    const [message, ...more] = await service.messages();
    expect(more).toEqual([]);
    expect(message?.key?.toString()).toBe('a');
    const headers = Object.fromEntries(
      Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(headers).toMatchObject({
      ce_specversion: '1.0',
      ce_type: 'viernes.test.noted.v1',
      ce_source: `/viernes/${service.name}`,
      'content-type': 'application/protobuf',
      ce_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/),
      ce_time: expect.stringMatching(/^\d{4}-.*Z$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    });
    await eventually(async () => (await service.database.query('SELECT 1 FROM outbox')).length === 0);
  });

  it('publishes the events of an open transaction after its commit, and those of other transactions without delay', async () => {
    const app = await service.start();
    let commit = (): void => undefined;
    const committing = new Promise<void>((resolve) => (commit = resolve));
    const slow = app.get(Transactions).run(async (tx) => {
      await app.get(Outbox).add(tx, service.event, { about: 'slow', note: 'delayed' });
      await committing;
    });
    await eventually(async () => {
      const waiting = await service.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
      return waiting.length > 0;
    });
    await service.add(app, 'quick', 'first', 'second');
    await arrives('first', 'second');
    commit();
    await slow;
    await arrives('first', 'second', 'delayed');
  });

  it('delivers the events of one key in commit order, even from concurrent transactions', async () => {
    const app = await service.start();
    const order: string[] = [];
    await Promise.all(
      Array.from({ length: 30 }, (_, writer) =>
        app.get(Transactions).run(async (tx) => {
          await tx.query('SELECT pg_sleep($1)', [Math.random() / 50]);
          await app.get(Outbox).add(tx, service.event, { about: 'key', note: String(writer) });
          await tx.query('SELECT pg_sleep($1)', [Math.random() / 50]);
          order.push(String(writer));
        }),
      ),
    );
    await eventually(async () => expect((await service.applied()).length).toBe(30));
    expect(await service.applied()).toEqual(order);
  });

  it('publishes with one of two relays, and with the other one after the first loses its connection', async () => {
    const [first] = await Promise.all([service.start({ consumes: false }), service.start({ consumes: false })]);
    await service.start();
    await service.add(first, 'a', ...Array.from({ length: 50 }, (_, index) => `before ${index}`));
    await eventually(async () => expect((await service.applied()).length).toBe(50));
    const [leader] = await service.database.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [ADVISORY_LOCKS.outboxRelay],
    );
    await service.database.query('SELECT pg_terminate_backend($1)', [leader?.pid]);
    await service.add(first, 'a', ...Array.from({ length: 50 }, (_, index) => `after ${index}`));
    await eventually(async () => expect((await service.applied()).length).toBe(100));
    expect((await service.messages()).length).toBe(100);
  });

  it('applies events once if the relay crashes before it deletes them, and publishes them again', async () => {
    // The first deletion terminates its connection. By then, the batch is published.
    const app = await service.start();
    await service.database.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('death') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$`);
    await service.database.query('CREATE SEQUENCE death');
    await service.database.query(
      'CREATE TRIGGER die BEFORE DELETE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION die()',
    );
    await service.add(app, 'a', 'one', 'two');
    await eventually(async () => expect((await service.messages()).length).toBe(4));
    await service.add(app, 'a', 'three');
    await arrives('one', 'two', 'three');
    expect(await service.applied()).toEqual(['one', 'two', 'three']);
  });

  it('applies an event once if the connection is lost between effect and commit', async () => {
    let deaths = 0;
    service.after = async (tx, { data }) => {
      if (data.note === 'deadly' && deaths++ === 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    };
    const app = await service.start();
    await service.add(app, 'a', 'before', 'deadly', 'behind');
    await arrives('before', 'deadly', 'behind');
    expect(deaths).toBe(2);
    expect(await service.applied()).toEqual(['before', 'deadly', 'behind']);
  });

  it('parks an event that its handler cannot process, and processes the others of its partition', async () => {
    service.before = (_, { data }) =>
      data.note === 'poison' ? Promise.reject(new TypeError('cannot')) : Promise.resolve();
    const app = await service.start();
    await service.add(app, 'a', 'good', 'poison', 'better');
    await arrives('good', 'better');
    const letters = await eventually(async () => {
      const found = await service.messages(service.deadLetterTopic);
      return found.length > 0 && found;
    });
    expect(letters.length).toBe(1);
    const [letter] = letters;
    expect(Noted.decode(Buffer.from(letter?.value ?? ''))).toEqual({ about: 'a', note: 'poison' });
    const headers = Object.fromEntries(
      Object.entries(letter?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(headers).toMatchObject({
      viernes_consumer: 'test.apply-note',
      viernes_error_code: 'TypeError',
      viernes_error_message: 'cannot',
      viernes_attempts: '5',
      viernes_topic: service.topic,
      viernes_offset: '1',
    });
  });

  it('parks an undecodable event without a retry, and skips events of unknown types', async () => {
    const app = await service.start();
    const producer = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING }).producer();
    await producer.connect();
    await eventually(() =>
      producer.send({
        topic: service.topic,
        messages: [
          { key: 'a', value: 'x', headers: { ce_id: '1', ce_type: 'viernes.test.other.v1', ce_source: '/elsewhere' } },
          {
            key: 'a',
            value: Buffer.from([0x0a, 0xff]),
            headers: { ce_id: '2', ce_type: service.event.type, ce_source: '/elsewhere' },
          },
        ],
      }),
    );
    await producer.disconnect();
    await service.add(app, 'a', 'good');
    await arrives('good');
    const letters = await eventually(async () => {
      const found = await service.messages(service.deadLetterTopic);
      return found.length > 0 && found;
    });
    expect(letters.map(({ headers }) => [String(headers?.['ce_id']), String(headers?.['viernes_attempts'])])).toEqual([
      ['2', '1'],
    ]);
  });

  it('keeps events in the outbox and the service ready while the broker is unavailable', async () => {
    const [host = '', port] = backing().kafkaBrokers[0]?.split(':') ?? [];
    const broker = await TcpProxy.reserve(host, Number(port));
    const app = await service.start({ brokers: [`127.0.0.1:${broker.port}`] });
    const metricValue = async (name: string): Promise<number> => {
      const metric = await register.getSingleMetric(name)?.get();
      return metric?.values.find(({ labels: { service: label = service.name } }) => label === service.name)?.value ?? 0;
    };
    const failuresBefore = await metricValue('events_publish_failures_total');
    await service.add(app, 'a', 'first', 'second');
    await eventually(async () => (await metricValue('events_publish_failures_total')) > failuresBefore);
    expect(app.get(Readiness).report().isReady).toBe(true);
    expect(await service.applied()).toEqual([]);
    await eventually(async () => (await metricValue('outbox_rows')) === 2);
    expect(await metricValue('outbox_oldest_seconds')).toBeGreaterThan(0);
    await broker.open();
    await arrives('first', 'second');
    await broker.close();
  });

  it('pauses the partition while the database is unavailable, and parks no event', async () => {
    const { hostname, port } = new URL(service.database.url);
    const proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const url = new URL(service.database.url);
    url.host = `127.0.0.1:${proxy.port}`;
    const consumer = await service.start({ url: url.href });
    await service.add(consumer, 'a', 'before');
    await arrives('before');
    await proxy.close();
    const writer = await service.start({ consumes: false });
    await service.add(writer, 'a', 'during', 'after');
    const pauses = async (): Promise<number> => {
      const metric = await register.getSingleMetric('partition_pauses_total')?.get();
      return metric?.values.find(({ labels }) => labels['topic'] === service.topic)?.value ?? 0;
    };
    // More than the attempts of the retry policy.
    await eventually(async () => (await pauses()) > 5);
    await proxy.open();
    await arrives('before', 'during', 'after');
    expect(await service.messages(service.deadLetterTopic)).toEqual([]);
    await consumer.close();
    await proxy.close();
  });
});
