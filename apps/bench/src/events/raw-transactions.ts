import pg from 'pg';
import type { EventPath, SendOptions } from './event-pipeline.js';
import { benchEvent, createHeartbeat } from './playback-events.js';

/** Stores the same events with pg only: one transaction with one INSERT per event, on several connections. */
export async function startRawTransactions(databaseUrl: string): Promise<EventPath> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  await pool.query(
    'CREATE TABLE raw_event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload bytea NOT NULL)',
  );
  const { codec } = benchEvent('raw');

  async function send(count: number, { concurrency }: SendOptions): Promise<void> {
    let remaining = count;
    const writer = async (): Promise<void> => {
      const client = await pool.connect();
      while (remaining > 0) {
        remaining -= 1;
        await client.query('BEGIN');
        const payload = Buffer.from(codec.encode(createHeartbeat()).finish());
        await client.query('INSERT INTO raw_event (payload) VALUES ($1)', [payload]);
        await client.query('COMMIT');
      }
      client.release();
    };
    await Promise.all(Array.from({ length: concurrency }, writer));
  }
  return { send, stop: () => pool.end() };
}
