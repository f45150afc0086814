import type { EventDefinition } from '@viernes/contracts';
import type { TestDatabase } from '@viernes/testing';

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
