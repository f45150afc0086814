import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ListUploadsByTitle1763712000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // One that was broken off leaves an index behind that nobody uses.
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS uploads_by_title`);
    await runner.query(`CREATE INDEX CONCURRENTLY uploads_by_title ON uploads (title_id, account_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX uploads_by_title`);
  }
}
