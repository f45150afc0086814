import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Searches of profiles with a maximum age read it next to the words, instead of one title per match. Null in rows of the
 * previous version, whose titles are read.
 */
export class MinimumAgeInSearch1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE title_search ADD COLUMN minimum_age smallint');
    // A title without a rating is for no maximum age.
    await this.createView(runner, ', coalesce(t.minimum_age, 32767) AS minimum_age');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW searchable_title');
    await this.createView(runner, '');
    await runner.query('ALTER TABLE title_search DROP COLUMN minimum_age');
  }

  private async createView(runner: QueryRunner, addedColumn: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW searchable_title AS
      SELECT t.id AS title_id, folded.name, name_words, name_words || people_words AS people_words,
        strip(name_words || people_words || to_words(folded.synopsis)) AS all_words, t.kind, t.genres,
        nullif(t.availability, '[]') AS availability, title_prominence(popular.view_score, t.score, t.name) AS prominence
        ${addedColumn}
      FROM title t LEFT JOIN title_popularity popular ON popular.title_id = t.id
      CROSS JOIN LATERAL (
        SELECT fold_text(t.name) AS name, fold_text(t.synopsis) AS synopsis, coalesce(fold_text((
          SELECT string_agg(n.name, ' ' ORDER BY c.position) FROM credit c JOIN person n ON n.id = c.person_id
          WHERE c.title_id = t.id)), '') AS people OFFSET 0) folded
      CROSS JOIN LATERAL (
        SELECT to_words(folded.name) AS name_words, to_words(folded.people) AS people_words OFFSET 0) words
      WHERE t.deleted_at IS NULL`);
  }
}
