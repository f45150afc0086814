import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutboxAndInbox1763640000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY,
        event_id uuid NOT NULL,
        topic text NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        "time" timestamptz NOT NULL,
        traceparent text,
        payload bytea NOT NULL,
        CONSTRAINT outbox_pkey PRIMARY KEY (id)
      )`);
    // Rows come and go all day: small and often keeps the index short for the relay, which reads it all the time.
    await runner.query(
      `ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
    );
    await runner.query(`
      CREATE TABLE inbox (
        consumer text NOT NULL,
        event_id text NOT NULL,
        handled_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
      )`);
    await runner.query(`CREATE INDEX inbox_handled_at ON inbox (handled_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbox');
    await runner.query('DROP TABLE outbox');
  }
}
