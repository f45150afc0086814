import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Titles, their films, and their search. Expand-only: a later migration adds, and takes away only what no running version
 * reads. pg_trgm and unaccent are trusted extensions: the owner of the database may create them.
 */
export class Titles1763700000000 implements MigrationInterface {
  readonly name = 'Titles1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create extension if not exists pg_trgm`);
    await runner.query(`create extension if not exists unaccent`);
    // unaccent() is only stable, as its dictionary could be altered, and an index wants immutable. Ours is never altered.
    // The body is parsed here and now, so no search_path of a later caller can lead it elsewhere.
    await runner.query(`
      create function fold_text(words text) returns text language sql immutable strict parallel safe
      return lower(unaccent('unaccent'::regdictionary, words))`);
    await runner.query(`
      create table title (
        id uuid constraint title_pkey primary key,
        kind text not null constraint title_kind_known check (kind in ('film', 'series')),
        name text not null,
        synopsis text not null,
        release_year integer,
        genres text[] not null,
        directors text[] not null,
        maturity_rating text,
        runtime_minutes integer,
        score double precision,
        external_id text constraint title_external_id_unique unique,
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index title_newest on title (created_at, id)`);
    await runner.query(`create index title_genres on title using gin (genres)`);
    await runner.query(`create index title_name_words on title using gin (to_tsvector('simple', fold_text(name)))`);
    await runner.query(`create index title_name_trigrams on title using gin (fold_text(name) gin_trgm_ops)`);
    await runner.query(`
      create table publication (
        title_id uuid constraint publication_pkey primary key,
        asset_id text not null,
        duration_ms bigint not null,
        published_at timestamptz(3) not null
      )`);
    await runner.query(`create index publication_newest on publication (published_at, title_id)`);
    await runner.query(`
      create table title_popularity (
        title_id uuid constraint title_popularity_pkey primary key,
        views bigint not null,
        heat double precision not null
      )`);
    await runner.query(`create index title_popularity_hottest on title_popularity (heat, title_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table title_popularity, publication, title`);
    await runner.query(`drop function fold_text(text)`);
  }
}
