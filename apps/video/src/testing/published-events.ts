import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@viernes/contracts';
import { backing, eventually, type TestDatabase } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';

/** Keeps a copy of each event that is committed: the relay takes the rows of the outbox away. */
export async function recordEvents(database: TestDatabase): Promise<void> {
  await database.query('CREATE TABLE recorded_events (id bigint, type text, payload bytea)');
  await database.query(
    `CREATE FUNCTION record_event() RETURNS trigger LANGUAGE plpgsql AS
     'BEGIN INSERT INTO recorded_events VALUES (NEW.id, NEW.type, NEW.payload); RETURN NULL; END'`,
  );
  await database.query(
    'CREATE TRIGGER record_event AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION record_event()',
  );
}

/** The events of one kind that were committed so far, in order. */
export async function recordedEvents<Data>(database: TestDatabase, event: EventDefinition<Data>): Promise<Data[]> {
  const rows = await database.query<{ payload: Buffer }>(
    'SELECT payload FROM recorded_events WHERE type = $1 ORDER BY id',
    [event.type],
  );
  return rows.map(({ payload }) => event.codec.decode(payload));
}

/** Waits for the first event of one key on the real broker, as another service would receive it. */
export async function eventOnBroker<Data>(event: EventDefinition<Data>, key: string): Promise<Data> {
  const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 300 });
  const found: Data[] = [];
  await consumer.connect();
  try {
    // On a new broker the service is still making its topics.
    await eventually(async () => {
      await consumer.subscribe({ topic: event.topic, fromBeginning: true });
      return true;
    });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const isMeant = message.key?.toString() === key && message.headers?.['ce_type']?.toString() === event.type;
        if (isMeant && message.value) found.push(event.codec.decode(message.value));
      },
    });
    return await eventually(() => {
      const [first] = found;
      if (first === undefined) throw new Error(`no ${event.type} of ${key} on ${event.topic}`);
      return first;
    });
  } finally {
    await consumer.disconnect();
  }
}
