import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Idempotency1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotent_response (
        id bytea CONSTRAINT idempotent_response_pkey PRIMARY KEY,
        fingerprint bytea NOT NULL,
        response bytea,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX idempotent_response_created_at ON idempotent_response (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotent_response');
  }
}
