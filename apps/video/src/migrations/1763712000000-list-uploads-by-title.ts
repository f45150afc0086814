import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ListUploadsByTitle1763712000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX uploads_by_title ON uploads (title_id, account_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX uploads_by_title`);
  }
}
