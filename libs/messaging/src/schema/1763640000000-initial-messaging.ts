import type { MigrationInterface, QueryRunner } from 'typeorm';

/** EventColumns */
const EVENT_COLUMNS = `
        event_id text NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        "time" timestamptz NOT NULL,
        traceparent text,
        payload bytea NOT NULL`;

/** StoredEvent */
const STORED_EVENT_COLUMNS = `${EVENT_COLUMNS},
        consumer text NOT NULL,
        origin_topic text NOT NULL,
        origin_partition integer NOT NULL,
        origin_offset bigint NOT NULL`;

export class InitialMessaging1763640000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY,${EVENT_COLUMNS},
        topic text NOT NULL,
        extensions jsonb,
        added_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT outbox_pkey PRIMARY KEY (id)
      )`);
    // Every row is deleted soon. The relay reads the index continuously, and frequent vacuums keep it small.
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
    await runner.query('CREATE INDEX inbox_handled_at ON inbox USING brin (handled_at)');
    await runner.query(`
      CREATE TABLE pending_retry (
        id bigint GENERATED ALWAYS AS IDENTITY,${STORED_EVENT_COLUMNS},
        attempts integer NOT NULL,
        due_at timestamptz NOT NULL,
        first_failed_at timestamptz NOT NULL,
        CONSTRAINT pending_retry_pkey PRIMARY KEY (id)
      )`);
    await runner.query('CREATE UNIQUE INDEX pending_retry_event ON pending_retry (consumer, event_id)');
    await runner.query(`
      CREATE TABLE dead_letter (
        id uuid NOT NULL DEFAULT gen_random_uuid(),${STORED_EVENT_COLUMNS},
        error_code text NOT NULL,
        error_message text NOT NULL,
        stack_hash text NOT NULL,
        attempts integer NOT NULL,
        state text NOT NULL DEFAULT 'parked',
        first_failed_at timestamptz NOT NULL,
        parked_at timestamptz(3) NOT NULL,
        resolved_at timestamptz,
        CONSTRAINT dead_letter_pkey PRIMARY KEY (id),
        CONSTRAINT dead_letter_state_known CHECK (state IN ('parked', 'redriven', 'dropped'))
      )`);
    await runner.query('CREATE UNIQUE INDEX dead_letter_event ON dead_letter (consumer, event_id)');
    await runner.query('CREATE INDEX dead_letter_state ON dead_letter (state, parked_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['dead_letter', 'pending_retry', 'inbox', 'outbox']) await runner.query(`DROP TABLE ${table}`);
  }
}
