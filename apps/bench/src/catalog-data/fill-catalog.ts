import pg from 'pg';
import { generateTitles, type GeneratedTitle } from './generate-titles.js';

const BATCH_SIZE = 5_000;

const COLUMNS = `id uuid, kind text, name text, synopsis text, release_year integer, genres text[], directors text[],
  countries text[], languages text[], maturity_rating text, minimum_age smallint, runtime_minutes integer,
  score double precision, external_id text, created_at timestamptz,
  people jsonb, asset_id text, views bigint, view_score double precision`;

const INSERT = `
  WITH generated AS (SELECT * FROM jsonb_to_recordset($1) AS rows (${COLUMNS})),
  published AS (
    INSERT INTO publication (title_id, asset_id, duration_ms, published_at)
    SELECT id, asset_id, runtime_minutes * 60000, created_at FROM generated WHERE asset_id IS NOT NULL),
  credited AS (
    SELECT generated.id AS title_id, position, person->>'id' AS person_id, person->>'name' AS name
    FROM generated, jsonb_array_elements(people) WITH ORDINALITY AS people(person, position)),
  people AS (
    INSERT INTO person (id, name, slug) SELECT DISTINCT person_id::uuid, name, person_id FROM credited
    ON CONFLICT DO NOTHING),
  credits AS (
    INSERT INTO credit (title_id, position, person_id, role)
    SELECT title_id, position, person_id::uuid, CASE WHEN position = 1 THEN 'director' ELSE 'actor' END FROM credited),
  viewed AS (
    INSERT INTO title_popularity (title_id, views, view_score)
    SELECT id, views, view_score FROM generated)
  INSERT INTO title (id, kind, name, slug, synopsis, release_year, genres, directors, countries, languages, maturity_rating,
    minimum_age, runtime_minutes, score, external_id, created_at)
  SELECT id, kind, name, external_id, synopsis, release_year, genres, directors, countries, languages, maturity_rating,
    minimum_age, runtime_minutes, score, external_id, created_at
  FROM generated`;

const SEARCH_COLUMNS =
  'title_id, name, name_words, people_words, all_words, kind, genres, availability, prominence, minimum_age';

/** The projection for search, which the service maintains for each created title. */
const FILL_SEARCH = `
  WITH found AS (
    INSERT INTO title_search (${SEARCH_COLUMNS}) SELECT ${SEARCH_COLUMNS} FROM searchable_title
    RETURNING people_words, all_words),
  names AS (INSERT INTO title_word (word) SELECT DISTINCT unnest(tsvector_to_array(people_words)) FROM found)
  INSERT INTO search_word (word) SELECT DISTINCT unnest(tsvector_to_array(all_words)) FROM found`;

const TABLES = 'title, person, credit, publication, title_popularity, title_search, title_word, search_word';

/**
 * Truncated, so that the platform computes the home page again. First in the list, because its refresh also locks them
 * first: another order could deadlock.
 */
const HOME_TABLES = 'home_refresh, home_entry';

/**
 * Replaces all titles with generated ones. Writes SQL, because the API and the events would take minutes for 100,000.
 *
 * @returns the IDs and creation times, newest first
 */
export async function fillCatalog(databaseUrl: string, count: number): Promise<readonly CatalogTitle[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const titles: CatalogTitle[] = [];
    let batch: GeneratedTitle[] = [];
    const flush = async (): Promise<void> => {
      await client.query(INSERT, [JSON.stringify(batch)]);
      batch = [];
    };
    // One transaction, because a home page of the first titles would be replaced half a minute later, while a bench runs.
    await client.query('BEGIN');
    await client.query(`TRUNCATE ${HOME_TABLES}, ${TABLES}`);
    for (const title of generateTitles(count)) {
      titles.push({ id: title.id, createdAtMs: Date.parse(title.created_at) });
      if (batch.push(title) === BATCH_SIZE) await flush();
    }
    if (batch.length > 0) await flush();
    // Without statistics, the people of each title would be found by reading all people.
    await client.query('ANALYZE credit, person');
    await client.query(FILL_SEARCH);
    await client.query('COMMIT');
    // Statistics, the visibility map, and the pending lists of GIN indexes are as in a database that has run for hours.
    await client.query(`VACUUM (ANALYZE) ${TABLES}`);
    return titles;
  } finally {
    await client.end();
  }
}

export interface CatalogTitle {
  readonly id: string;
  readonly createdAtMs: number;
}
