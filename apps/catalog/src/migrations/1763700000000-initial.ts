import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Creates the tables of titles, publications, and popularity. Needs only the rights of a database owner, because pg_trgm and
 * unaccent are trusted extensions.
 */
export class Initial1763700000000 implements MigrationInterface {
  readonly name = 'Initial1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS unaccent`);
    // An index requires an immutable function. unaccent() is only stable because its dictionary can be altered, which this
    // service never does. A standard SQL body is parsed here, so the search_path of a caller cannot change its meaning.
    await runner.query(`
      CREATE FUNCTION fold_text(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN lower(unaccent('unaccent'::regdictionary, words))`);
    await runner.query(`
      CREATE TABLE title (
        id uuid CONSTRAINT title_pkey PRIMARY KEY,
        kind text NOT NULL CONSTRAINT title_kind_known CHECK (kind IN ('film', 'series')),
        name text NOT NULL,
        synopsis text NOT NULL,
        release_year integer,
        genres text[] NOT NULL,
        directors text[] NOT NULL,
        maturity_rating text,
        runtime_minutes integer,
        score double precision,
        external_id text CONSTRAINT title_external_id_unique UNIQUE,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX title_newest ON title (created_at, id)`);
    await runner.query(`CREATE INDEX title_genres ON title USING gin (genres)`);
    await runner.query(`CREATE INDEX title_name_words ON title USING gin (to_tsvector('simple', fold_text(name)))`);
    await runner.query(`CREATE INDEX title_name_trigrams ON title USING gin (fold_text(name) gin_trgm_ops)`);
    await runner.query(`
      CREATE TABLE publication (
        title_id uuid CONSTRAINT publication_pkey PRIMARY KEY,
        asset_id text NOT NULL,
        duration_ms bigint NOT NULL,
        published_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX publication_newest ON publication (published_at, title_id)`);
    await runner.query(`
      CREATE TABLE title_popularity (
        title_id uuid CONSTRAINT title_popularity_pkey PRIMARY KEY,
        views bigint NOT NULL,
        view_score double precision NOT NULL
      )`);
    await runner.query(`CREATE INDEX title_popularity_highest ON title_popularity (view_score, title_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE title_popularity, publication, title`);
    await runner.query(`DROP FUNCTION fold_text(text)`);
  }
}
