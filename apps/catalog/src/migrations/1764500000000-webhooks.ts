import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Webhooks1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id uuid CONSTRAINT webhook_pkey PRIMARY KEY,
        account_id uuid NOT NULL,
        url text NOT NULL,
        event_types text[] NOT NULL,
        secret bytea NOT NULL,
        previous_secret bytea,
        previous_secret_expires_at timestamptz(3),
        is_enabled boolean NOT NULL DEFAULT true,
        disabled_reason text,
        failing_since timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT webhook_disabled_reason_known CHECK (disabled_reason IN ('gone', 'failing', 'role'))
      )`);
    await runner.query('CREATE INDEX webhook_account ON webhook (account_id)');
    await runner.query(`
      CREATE TABLE webhook_delivery (
        id uuid CONSTRAINT webhook_delivery_pkey PRIMARY KEY,
        webhook_id uuid NOT NULL
          CONSTRAINT webhook_delivery_webhook_fkey REFERENCES webhook (id) ON DELETE CASCADE,
        event_id text NOT NULL,
        type text NOT NULL,
        payload text NOT NULL,
        state text NOT NULL DEFAULT 'pending',
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
        lease_id uuid,
        last_attempt_at timestamptz(3),
        last_duration_ms integer,
        last_status integer,
        last_error text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT webhook_delivery_event_unique UNIQUE (webhook_id, event_id),
        CONSTRAINT webhook_delivery_state_known CHECK (state IN ('pending', 'delivered', 'failed'))
      )`);
    await runner.query(
      `CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_attempt_at) WHERE state = 'pending'`,
    );
    await runner.query('CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_id, created_at, id)');
    await runner.query('CREATE INDEX webhook_delivery_created_at ON webhook_delivery (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_delivery');
    await runner.query('DROP TABLE webhook');
  }
}
