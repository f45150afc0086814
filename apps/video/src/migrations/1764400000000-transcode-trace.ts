import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TranscodeTrace1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transcode_job ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transcode_job DROP COLUMN traceparent');
  }
}
