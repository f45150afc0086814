import type { MigrationInterface, QueryRunner } from 'typeorm';

function listCharacters(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');
}

// Letters that users type interchangeably: katakana and hiragana, and the forms of the Arabic alef, yeh, and heh.
const REPLACED_LETTERS = `${listCharacters(0x30a1, 0x30f6)}\u0622\u0623\u0625\u0671\u0649\u0629`;
const REPLACEMENTS = `${listCharacters(0x3041, 0x3096)}\u0627\u0627\u0627\u0627\u064a\u0647`;
// Arabic vowel marks, the tatweel, which only stretches a word, and invisible characters.
const REMOVED_CHARACTERS = `${listCharacters(0x64b, 0x65f)}\u0670\u0640${listCharacters(0x200b, 0x200f)}\ufeff`;

/** Characters of words without spaces between them: Chinese and Japanese. */
const UNSPACED = String.raw`\u3005-\u3007\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF`;

/** Maximum size of the pending list of a GIN index. PostgreSQL requires at least 64 kB. */
const PENDING_KB = 128;

/**
 * Creates the tables of titles, people, publications, popularity, webhooks, and the projections for search and home.
 * Needs only the rights of a database owner, because the extensions are trusted.
 */
export class Initial1763700000000 implements MigrationInterface {
  readonly name = 'Initial1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS unaccent`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS fuzzystrmatch`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gin`);
    // An index requires an immutable function. unaccent() is only stable because its dictionary can be altered, which this
    // service never does. A standard SQL body is parsed here, so the search_path of a caller cannot change its meaning.
    await runner.query(`
      CREATE FUNCTION fold_text(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN lower(CASE WHEN octet_length(words) = length(words) THEN words
        ELSE unaccent('unaccent'::regdictionary,
          translate(normalize(words, NFKC), '${REPLACED_LETTERS}${REMOVED_CHARACTERS}', '${REPLACEMENTS}')) END)`);
    // A run of words without spaces is split into overlapping pairs of characters and its last character ("ABC" into
    // "AB", "BC", and "C"), so that a search finds any part of it.
    await runner.query(`
      CREATE FUNCTION to_words(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN to_tsvector('simple', regexp_replace(CASE WHEN folded !~ '[${UNSPACED}]' THEN folded ELSE (
        SELECT string_agg(CASE WHEN run[1] !~ '[${UNSPACED}]' THEN run[1] ELSE (
          SELECT string_agg(substr(run[1], n, 2), ' ' ORDER BY n) FROM generate_series(1, length(run[1])) n) END, ' ' ORDER BY number)
        FROM regexp_matches(folded, '[${UNSPACED}]+|[^${UNSPACED}]+', 'g') WITH ORDINALITY AS runs(run, number)) END,
        '[[:punct:]]+', ' ', 'g'))`);
    // The order of titles that match a search equally well, as one number, so that one index provides it: first by
    // view_score, rounded down (log2 of the weighted views; 0 or null without views), then by score (0 to 10 or null), then
    // the shorter name. The half-life of a view is a week, so the score of a new view grows by one per week, and an
    // integer is large enough for more than a thousand years.
    await runner.query(`
      CREATE FUNCTION title_prominence(view_score double precision, score double precision, name text) RETURNS integer
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN least(greatest(floor(coalesce(view_score, 0)), 0), 83000)::integer * 101 * 256
        + round(coalesce(score, 0) * 10)::integer * 256 + 255 - least(length(name), 255)`);
    await runner.query(`
      CREATE TABLE title (
        id uuid CONSTRAINT title_pkey PRIMARY KEY,
        kind text NOT NULL CONSTRAINT title_kind_known CHECK (kind IN ('film', 'series')),
        name text NOT NULL,
        slug text NOT NULL CONSTRAINT title_slug_unique UNIQUE,
        synopsis text NOT NULL DEFAULT '',
        release_year integer,
        genres text[] NOT NULL DEFAULT '{}',
        directors text[] NOT NULL DEFAULT '{}',
        countries text[] NOT NULL DEFAULT '{}',
        languages text[] NOT NULL DEFAULT '{}',
        maturity_rating text,
        minimum_age smallint,
        runtime_minutes integer,
        season_count integer,
        score double precision,
        external_id text CONSTRAINT title_external_id_unique UNIQUE,
        added_on date,
        artwork jsonb NOT NULL DEFAULT '[]',
        availability jsonb NOT NULL DEFAULT '[]',
        revision integer NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at timestamptz(3)
      )`);
    // PostgreSQL cannot inline a function that contains a subquery. A call takes 3 us, so visible_title calls this one
    // only for titles with availability windows.
    await runner.query(`
      CREATE FUNCTION is_available(availability jsonb) RETURNS boolean LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1
      RETURN EXISTS (
        SELECT FROM jsonb_array_elements(availability) available
        WHERE (available->>'startsAt')::timestamptz <= now()
          AND coalesce((available->>'endsAt')::timestamptz, 'infinity') > now())`);
    // The titles that viewers see.
    await runner.query(`
      CREATE VIEW visible_title AS
      SELECT * FROM title WHERE deleted_at IS NULL AND (availability = '[]' OR is_available(availability))`);
    await runner.query(`
      CREATE TABLE person (
        id uuid CONSTRAINT person_pkey PRIMARY KEY,
        name text NOT NULL,
        slug text NOT NULL CONSTRAINT person_slug_unique UNIQUE,
        revision integer NOT NULL DEFAULT 1
      )`);
    await runner.query(`
      CREATE INDEX person_words ON person USING gin (to_words(fold_text(name))) WITH (gin_pending_list_limit = ${PENDING_KB})`);
    await runner.query(`
      CREATE TABLE deleted_person (
        id uuid CONSTRAINT deleted_person_pkey PRIMARY KEY,
        name text NOT NULL,
        slug text NOT NULL,
        revision integer NOT NULL,
        credits jsonb NOT NULL,
        deleted_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX deleted_person_latest ON deleted_person (deleted_at, id)`);
    await runner.query(`
      CREATE TABLE credit (
        title_id uuid NOT NULL,
        position smallint NOT NULL,
        person_id uuid NOT NULL,
        role text NOT NULL
          CONSTRAINT credit_role_known CHECK (role IN ('director', 'actor', 'writer', 'producer', 'composer')),
        character text,
        CONSTRAINT credit_pkey PRIMARY KEY (title_id, position)
      )`);
    await runner.query(`CREATE INDEX credit_person ON credit (person_id, title_id)`);
    await runner.query(`
      CREATE TABLE season (
        title_id uuid NOT NULL,
        number smallint NOT NULL,
        name text NOT NULL,
        synopsis text NOT NULL,
        release_year integer,
        revision integer NOT NULL DEFAULT 1,
        CONSTRAINT season_pkey PRIMARY KEY (title_id, number)
      )`);
    await runner.query(`
      CREATE TABLE deleted_season (
        title_id uuid NOT NULL,
        number smallint NOT NULL,
        season jsonb NOT NULL,
        episodes jsonb NOT NULL,
        CONSTRAINT deleted_season_pkey PRIMARY KEY (title_id, number)
      )`);
    await runner.query(`
      CREATE TABLE episode (
        id uuid CONSTRAINT episode_pkey PRIMARY KEY,
        title_id uuid NOT NULL,
        season_number smallint NOT NULL,
        number smallint NOT NULL,
        name text NOT NULL,
        synopsis text NOT NULL,
        runtime_minutes integer,
        released_on date,
        CONSTRAINT episode_number_unique UNIQUE (title_id, season_number, number)
      )`);
    await runner.query(`
      CREATE TABLE deleted_episode (
        title_id uuid NOT NULL,
        season_number smallint NOT NULL,
        number smallint NOT NULL,
        episode jsonb NOT NULL,
        CONSTRAINT deleted_episode_pkey PRIMARY KEY (title_id, season_number, number)
      )`);
    await runner.query(`
      CREATE TABLE change (
        resource text NOT NULL,
        revision integer NOT NULL,
        action text NOT NULL
          CONSTRAINT change_action_known CHECK (action IN ('created', 'replaced', 'deleted', 'restored')),
        account_id text,
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        fields jsonb NOT NULL,
        CONSTRAINT change_pkey PRIMARY KEY (resource, revision)
      )`);
    await runner.query(`CREATE INDEX change_account ON change (account_id)`);
    // Indexes for the orders of the title list, except those by name, and for its filters.
    await runner.query(`CREATE INDEX title_newest ON title (created_at, id)`);
    await runner.query(`CREATE INDEX title_best ON title (coalesce(score, -1), created_at, id)`);
    await runner.query(`CREATE INDEX title_release_year ON title (release_year)`);
    await runner.query(`CREATE INDEX title_minimum_age ON title (minimum_age)`);
    await runner.query(`CREATE INDEX title_runtime ON title (runtime_minutes)`);
    await runner.query(`CREATE INDEX title_deleted ON title (deleted_at, id) WHERE deleted_at IS NOT NULL`);
    // Finds the newest change of all titles, which is the version of the facets.
    await runner.query(`CREATE INDEX title_updated ON title (updated_at)`);
    // GIN indexes with a short list of pending entries: each search reads them one by one, but an insert without the list
    // costs four times as much (measured for title_search_words).
    await runner.query(
      `CREATE INDEX title_values ON title USING gin (kind, genres, countries, languages)
       WITH (gin_pending_list_limit = ${PENDING_KB})`,
    );
    // The home rows count the titles per combination of genres from this index, without reading the table.
    await runner.query(`CREATE INDEX title_genre_sets ON title (genres)`);
    await runner.query(`
      CREATE TABLE title_search (
        title_id uuid CONSTRAINT title_search_pkey PRIMARY KEY,
        name text NOT NULL,
        name_words tsvector NOT NULL,
        people_words tsvector NOT NULL,
        all_words tsvector NOT NULL,
        kind text NOT NULL,
        genres text[] NOT NULL,
        availability jsonb,
        prominence integer NOT NULL,
        minimum_age smallint NOT NULL
      )`);
    await runner.query(`CREATE INDEX title_search_prominence ON title_search (prominence, title_id)`);
    await runner.query(`CREATE INDEX title_search_name ON title_search (name text_pattern_ops, prominence, title_id)`);
    await runner.query(`
      CREATE INDEX title_search_words ON title_search USING gin (name_words, people_words, all_words, genres)
      WITH (gin_pending_list_limit = ${PENDING_KB})`);
    await runner.query(`CREATE TABLE title_word (word text CONSTRAINT title_word_pkey PRIMARY KEY)`);
    await runner.query(`CREATE INDEX title_word_initial ON title_word (left(word, 1), length(word))`);
    await runner.query(`
      CREATE INDEX title_word_trigrams ON title_word USING gin (word gin_trgm_ops)
      WITH (gin_pending_list_limit = ${PENDING_KB})`);
    await runner.query(`CREATE TABLE search_word (word text COLLATE "C" CONSTRAINT search_word_pkey PRIMARY KEY)`);
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
        title_id uuid,
        views bigint NOT NULL,
        view_score double precision NOT NULL,
        CONSTRAINT title_popularity_pkey PRIMARY KEY (title_id) INCLUDE (view_score)
      )`);
    await runner.query(`CREATE INDEX title_popularity_highest ON title_popularity (view_score, title_id)`);
    // The rows of title_search. The minimum age of a title without a rating exceeds every maximum age.
    await runner.query(`
      CREATE VIEW searchable_title AS
      SELECT t.id AS title_id, folded.name, name_words, name_words || people_words AS people_words,
        strip(name_words || people_words || to_words(folded.synopsis)) AS all_words, t.kind, t.genres,
        nullif(t.availability, '[]') AS availability, title_prominence(popular.view_score, t.score, t.name) AS prominence,
        coalesce(t.minimum_age, 32767) AS minimum_age
      FROM title t LEFT JOIN title_popularity popular ON popular.title_id = t.id
      CROSS JOIN LATERAL (
        SELECT fold_text(t.name) AS name, fold_text(t.synopsis) AS synopsis, coalesce(fold_text((
          SELECT string_agg(n.name, ' ' ORDER BY c.position) FROM credit c JOIN person n ON n.id = c.person_id
          WHERE c.title_id = t.id)), '') AS people OFFSET 0) folded
      CROSS JOIN LATERAL (
        SELECT to_words(folded.name) AS name_words, to_words(folded.people) AS people_words OFFSET 0) words
      WHERE t.deleted_at IS NULL`);
    await runner.query(`
      CREATE TABLE home_entry (
        row_number smallint NOT NULL,
        position smallint NOT NULL,
        row_id text NOT NULL,
        row_name text NOT NULL,
        title_id uuid NOT NULL,
        CONSTRAINT home_entry_pkey PRIMARY KEY (row_number, position)
      )`);
    await runner.query(`
      CREATE TABLE home_refresh (
        id integer CONSTRAINT home_refresh_pkey PRIMARY KEY,
        checked_at timestamptz NOT NULL,
        genres_at timestamptz NOT NULL,
        newest text NOT NULL,
        version text NOT NULL
      )`);
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
    // The default assumes a hard disk: PostgreSQL would rather read a complete table than a thousand entries of an index.
    await this.alterDatabase(runner, 'SET random_page_cost = 1.1');
    // Starting a parallel worker takes longer than most reads, even if the step that would use it is skipped.
    await this.alterDatabase(runner, 'SET max_parallel_workers_per_gather = 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW searchable_title, visible_title`);
    await this.alterDatabase(runner, 'RESET random_page_cost');
    await this.alterDatabase(runner, 'RESET max_parallel_workers_per_gather');
    await runner.query(
      `DROP TABLE webhook_delivery, webhook, home_refresh, home_entry, title_popularity, publication, title_word, search_word, title_search, change, episode,
        season, deleted_season, deleted_episode, credit,
        person, deleted_person, title`,
    );
    await runner.query(`DROP FUNCTION is_available(jsonb)`);
    await runner.query(`DROP FUNCTION title_prominence(double precision, double precision, text)`);
    await runner.query(`DROP FUNCTION to_words(text)`);
    await runner.query(`DROP FUNCTION fold_text(text)`);
  }

  private async alterDatabase(runner: QueryRunner, change: string): Promise<void> {
    await runner.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ${change}', current_database()); END $$`);
  }
}
