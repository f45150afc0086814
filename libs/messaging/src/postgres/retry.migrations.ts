import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only adds: a replica of the version before works on beside it. */
export class AddRetriesAndDeadLetters1763650000000 implements MigrationInterface {
  static readonly contractStep = {
    unusedSince: '0.1.0',
    reason: 'event_id: a UUID is written and read as text by every version; the outbox is empty but for moments',
  };

  async up(runner: QueryRunner): Promise<void> {
    // Events of others travel on to retry and dead-letter topics, and nobody promised that their ids are UUIDs.
    await runner.query('ALTER TABLE outbox ALTER COLUMN event_id TYPE text');
    await runner.query('ALTER TABLE outbox ADD COLUMN extensions jsonb');
    // Not "time": an old event that is sent on again has not been in here for long.
    await runner.query('ALTER TABLE outbox ADD COLUMN added_at timestamptz NOT NULL DEFAULT now()');
    await runner.query('DROP INDEX inbox_handled_at');
    await runner.query('CREATE INDEX inbox_handled_at ON inbox USING brin (handled_at)');
    await runner.query(`
      CREATE TABLE pending_retry (
        id bigint GENERATED ALWAYS AS IDENTITY,
        consumer text NOT NULL,
        event_id text NOT NULL,
        origin_topic text NOT NULL,
        origin_partition integer NOT NULL,
        origin_offset bigint NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        "time" timestamptz NOT NULL,
        traceparent text,
        payload bytea NOT NULL,
        attempts integer NOT NULL,
        due_at timestamptz,
        first_failed_at timestamptz,
        CONSTRAINT pending_retry_pkey PRIMARY KEY (id)
      )`);
    await runner.query('CREATE UNIQUE INDEX pending_retry_event ON pending_retry (consumer, event_id)');
    await runner.query('CREATE INDEX pending_retry_key ON pending_retry (consumer, origin_topic, key, id)');
    await runner.query(`
      CREATE TABLE dead_letter (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        consumer text NOT NULL,
        event_id text NOT NULL,
        origin_topic text NOT NULL,
        origin_partition integer NOT NULL,
        origin_offset bigint NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        "time" timestamptz NOT NULL,
        traceparent text,
        payload bytea NOT NULL,
        error_code text NOT NULL,
        error_message text NOT NULL,
        stack_hash text NOT NULL,
        attempts integer NOT NULL,
        state text NOT NULL DEFAULT 'parked',
        first_failed_at timestamptz NOT NULL,
        parked_at timestamptz NOT NULL,
        resolved_at timestamptz,
        CONSTRAINT dead_letter_pkey PRIMARY KEY (id),
        CONSTRAINT dead_letter_state_known CHECK (state IN ('parked', 'redriven', 'dropped'))
      )`);
    await runner.query('CREATE UNIQUE INDEX dead_letter_event ON dead_letter (consumer, event_id)');
    await runner.query('CREATE INDEX dead_letter_state ON dead_letter (state, parked_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dead_letter');
    await runner.query('DROP TABLE pending_retry');
    await runner.query('DROP INDEX inbox_handled_at');
    await runner.query('CREATE INDEX inbox_handled_at ON inbox (handled_at)');
    // event_id stays text: what is in it by now may be no UUID, and the version before reads text as well.
    await runner.query('ALTER TABLE outbox DROP COLUMN added_at, DROP COLUMN extensions');
  }
}
