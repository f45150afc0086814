import { backing, eventually } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';
import { register } from 'prom-client';
import { PermanentError } from '../index.js';
import { RetryQueue } from '../retry/retry-queue.js';
import { measureLag } from './consumer-lag.js';
import { TestService } from '../testing/test-service.js';

describe('monitoring', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  it('measures the lag of a service, even while it has no running consumer', async () => {
    const admin = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const lag = async () => {
      const lags = await measureLag(admin, `viernes.${service.name}`, [service.topic]);
      return lags.get(service.topic);
    };
    const writer = await service.start({ consumes: false });
    await service.add(writer, 'a', 'one', 'two', 'three');
    await eventually(async () => expect(await lag()).toBe(3));
    await service.start();
    await eventually(async () => expect(await lag()).toBe(0));
    await admin.disconnect();
  });

  it('measures pending retries and parked dead letters', async () => {
    service.before = (_, { data }) => {
      if (data.note === 'bad') throw new PermanentError('never');
      return Promise.resolve();
    };
    const app = await service.start();
    await service.add(app, 'a', 'bad', 'good');
    await service.database.query(`
      INSERT INTO pending_retry (consumer, event_id, origin_topic, origin_partition, origin_offset, key, type, source, "time",
        payload, attempts, due_at, first_failed_at)
      SELECT 'test.apply-note', number::text, 't', 0, number, 'k', 'y', '/s', now(), '', 0, now(), now() FROM generate_series(1, 3) AS number`);
    const gauge = async (name: string): Promise<number | undefined> => {
      const metric = await register.getSingleMetric(name)?.get();
      return metric?.values.find(({ labels }) => labels['consumer'] === 'test.apply-note')?.value;
    };
    await eventually(async () => {
      expect(await gauge('events_pending')).toBe(3);
      expect(await gauge('dead_letters_parked')).toBe(1);
    });
  });

  it('sends the lost message of a retry again when it is overdue', async () => {
    service.before = (_, { data }) =>
      data.note === 'once' && calls++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve();
    let calls = 0;
    const app = await service.start({ transaction: 'event' });
    // Deletes the message before the relay reads it, as the retention of the topic would.
    await service.database.query(
      `CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
    );
    await service.database.query(`
      CREATE TRIGGER lose BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.topic LIKE '%.retry.%') EXECUTE FUNCTION lose()`);
    await service.add(app, 'a', 'once');
    await eventually(async () => (await service.database.query('SELECT 1 FROM pending_retry')).length === 1);
    await service.database.query('DROP TRIGGER lose ON outbox');
    const retries = app.get(RetryQueue, { strict: false });
    expect(await retries.resendOverdue(new Date())).toBe(0);
    await service.database.query(`UPDATE pending_retry SET due_at = now() - interval '11 minutes'`);
    expect(await retries.resendOverdue(new Date())).toBe(1);
    await eventually(async () => expect(await service.applied()).toEqual(['once']));
  });
});
