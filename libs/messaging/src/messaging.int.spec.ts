import 'reflect-metadata';
import { Transactions } from '@viernes/database';
import { Readiness } from '@viernes/platform';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';
import { register } from 'prom-client';
import { Outbox } from './index.js';
import { Noted } from './testing/note.js';
import { TestService } from './testing/test-service.js';

describe('events', () => {
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

  it('arrive once when their transaction commits, never when it does not, as CloudEvents', async () => {
    const app = await service.start();
    const failed = app.get(Transactions).run(async (tx) => {
      await app.get(Outbox).add(tx, service.event, { about: 'a', note: 'undone' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await service.add(app, 'a', 'done');
    await arrives('done');
    const [message, ...more] = await service.onBroker();
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
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
    await eventually(async () => (await service.database.query('SELECT 1 FROM outbox')).length === 0);
  });

  it('of a transaction held open arrive after it, and hold up no other', async () => {
    const app = await service.start();
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    const slow = app.get(Transactions).run(async (tx) => {
      await app.get(Outbox).add(tx, service.event, { about: 'slow', note: 'held' });
      await held;
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
    await arrives('first', 'second', 'held');
  });

  it('of one key arrive in the order of their commits, whoever writes them', async () => {
    const app = await service.start();
    const order: string[] = [];
    await Promise.all(
      Array.from({ length: 30 }, (_, writer) =>
        app.get(Transactions).run(async (tx) => {
          // Later writers ask for their place earlier, so that only the lock can put places in commit order.
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

  it('are published by one relay of two, and by the other when the first loses its connection', async () => {
    const [first] = await Promise.all([service.start({ reads: false }), service.start({ reads: false })]);
    await service.start();
    await service.add(first, 'a', ...Array.from({ length: 50 }, (_, index) => `before ${index}`));
    await eventually(async () => expect((await service.applied()).length).toBe(50));
    const [leader] = await service.database.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = 8437638`,
    );
    await service.database.query('SELECT pg_terminate_backend($1)', [leader?.pid]);
    await service.add(first, 'a', ...Array.from({ length: 50 }, (_, index) => `after ${index}`));
    await eventually(async () => expect((await service.applied()).length).toBe(100));
    expect((await service.onBroker()).length).toBe(100);
  });

  it('published but not deleted, when the relay dies between, come twice and are applied once', async () => {
    // The database refuses the first delete by cutting its connection: the batch is on the broker by then.
    const app = await service.start();
    await service.database.query('CREATE TABLE deaths (count int)');
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
    await eventually(async () => expect((await service.onBroker()).length).toBe(4));
    await service.add(app, 'a', 'three');
    await arrives('one', 'two', 'three');
    expect(await service.applied()).toEqual(['one', 'two', 'three']);
  });

  it('are applied once when the consumer dies between effect and commit', async () => {
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

  it('that no handler can take are parked with the reason, and the others of the partition go on', async () => {
    service.before = (_, { data }) =>
      data.note === 'poison' ? Promise.reject(new TypeError('cannot')) : Promise.resolve();
    const app = await service.start();
    await service.add(app, 'a', 'good', 'poison', 'better');
    await arrives('good', 'better');
    const letters = await eventually(async () => {
      const found = await service.onBroker(`${service.topic}.dead-letter.${service.name}`);
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

  it('that do not decode are parked at once, and unknown types are passed over', async () => {
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
      const found = await service.onBroker(`${service.topic}.dead-letter.${service.name}`);
      return found.length > 0 && found;
    });
    expect(letters.map(({ headers }) => [String(headers?.['ce_id']), String(headers?.['viernes_attempts'])])).toEqual([
      ['2', '1'],
    ]);
  });

  it('wait in the outbox for a broker that is away, while the service is ready', async () => {
    const [host = '', port] = backing().kafkaBrokers[0]?.split(':') ?? [];
    const broker = await TcpProxy.reserve(host, Number(port));
    const app = await service.start({ brokers: [`127.0.0.1:${broker.port}`] });
    const metricValue = async (name: string): Promise<number> => {
      const metric = await register.getSingleMetric(name)?.get();
      return metric?.values[0]?.value ?? 0;
    };
    const refusedBefore = await metricValue('events_publish_failures_total');
    await service.add(app, 'a', 'kept', 'too');
    await eventually(async () => (await metricValue('events_publish_failures_total')) > refusedBefore);
    expect(app.get(Readiness).report().isReady).toBe(true);
    expect(await service.applied()).toEqual([]);
    await eventually(async () => (await metricValue('outbox_rows')) === 2);
    expect(await metricValue('outbox_oldest_seconds')).toBeGreaterThan(0);
    await broker.open();
    await arrives('kept', 'too');
    await broker.close();
  });

  it('are tried until the database comes back, and not given up', async () => {
    const { hostname, port } = new URL(service.database.url);
    const proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const url = new URL(service.database.url);
    url.host = `127.0.0.1:${proxy.port}`;
    const reader = await service.start({ url: url.href });
    await service.add(reader, 'a', 'before');
    await arrives('before');
    await proxy.close();
    const writer = await service.start({ reads: false });
    await service.add(writer, 'a', 'meanwhile', 'too');
    const held = async (): Promise<number> => {
      const metric = await register.getSingleMetric('partition_pauses_total')?.get();
      return metric?.values.find(({ labels }) => labels['topic'] === service.topic)?.value ?? 0;
    };
    // More tries than an event's own fault is given.
    await eventually(async () => (await held()) > 5);
    await proxy.open();
    await arrives('before', 'meanwhile', 'too');
    expect(await service.onBroker(`${service.topic}.dead-letter.${service.name}`)).toEqual([]);
    await reader.close();
    await proxy.close();
  });
});
