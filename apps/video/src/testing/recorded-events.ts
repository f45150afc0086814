import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@viernes/contracts';
import { backing, eventually, type TestDatabase } from '@viernes/testing';
import { Kafka, logLevel } from 'kafkajs';

/** Copies each committed event to a separate table, because the relay deletes the rows of the outbox. */
export async function recordEvents(database: TestDatabase): Promise<void> {
  await database.query('CREATE TABLE recorded_event (id bigint, type text, payload bytea)');
  await database.query(
    `CREATE FUNCTION record_event() RETURNS trigger LANGUAGE plpgsql AS
     'BEGIN INSERT INTO recorded_event VALUES (NEW.id, NEW.type, NEW.payload); RETURN NULL; END'`,
  );
  await database.query(
    'CREATE TRIGGER record_event AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION record_event()',
  );
}

/** Returns the committed events of one type, in order. */
export async function recordedEvents<Data>(database: TestDatabase, event: EventDefinition<Data>): Promise<Data[]> {
  const rows = await database.query<{ payload: Buffer }>(
    'SELECT payload FROM recorded_event WHERE type = $1 ORDER BY id',
    [event.type],
  );
  return rows.map(({ payload }) => event.codec.decode(payload));
}

/** Waits for the first event with this key on the broker, as another service would receive it. */
export async function receiveEvent<Data>(event: EventDefinition<Data>, key: string): Promise<Data> {
  const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 300 });
  const received: Data[] = [];
  await consumer.connect();
  try {
    // The service may still be creating its topics.
    await eventually(async () => {
      await consumer.subscribe({ topic: event.topic, fromBeginning: true });
      return true;
    });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const isMatch = message.key?.toString() === key && message.headers?.['ce_type']?.toString() === event.type;
        if (isMatch && message.value) received.push(event.codec.decode(message.value));
      },
    });
    return await eventually(() => {
      const [first] = received;
      if (first === undefined) throw new Error(`no ${event.type} with key ${key} on ${event.topic}`);
      return first;
    });
  } finally {
    await consumer.disconnect();
  }
}
