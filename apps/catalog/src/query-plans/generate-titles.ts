import type { DataSource } from 'typeorm';
import { viewScore } from '../popularity/popularity.js';

/** The size of the catalog in docs/query-plans.md. */
export const TITLES = 100_000;

/** The score of one view. The score of a title with n simultaneous views is higher by log2(n). */
const ONE_VIEW_SCORE = viewScore(new Date());

/** The words of the names. `pick` prefers low numbers, so that a few words are common and most are rare. */
const VOCABULARY = `
  SELECT number, initcap(string_agg(syllable, '' ORDER BY position)) AS word
  FROM (
    SELECT number, position, (ARRAY['ba','ler','mon','ti','car','dra','sel','vo','ran','ke','lu','mar','sto','ne','fi','gor',
      'hal','pi','wen','dor','sha','ri','tem','qua','zel','os','un','ter','ing','al'])[1 + floor(random() * 30)::int] AS syllable
    FROM generate_series(1, 30000) number, generate_series(1, 3) position WHERE position <= 2 + number % 2) syllables
  GROUP BY number
  UNION ALL VALUES (30001, 'Godfather'), (30002, 'Casablanca')`;

const GENRES = `ARRAY['Drama','Comedy','Action','Thriller','Romance','Horror','Adventure','Crime','Documentary',
  'Science Fiction','Fantasy','Animation','Family','Mystery','War','Western','Music','History','Sport','Musical']`;

const COUNTRIES = `ARRAY['US','IN','GB','JP','KR','FR','CA','ES','DE','MX','EG','TR','NG','AU','BR','TH','IT','AR','PL','IS']`;
const LANGUAGES = `ARRAY['en','hi','ja','ko','fr','es','de','ar','tr','pt','th','it','pl','zh','ru','sv','da','nl','id','is']`;

/** Indexing all titles in one statement could exceed the statement timeout. */
const INDEX_BATCH = 10_000;

const PEOPLE = 5_000;
/** A person with 20 titles. */
export const PERSON_ID = '00000000-0000-4000-8000-000000000042';

/** Returns an SQL expression for a random number from 1 to `count`. A higher skew makes low numbers more probable. */
const pick = (count: number, skew: number): string => `1 + floor(${count} * power(random(), ${skew}))::int`;

/** About 15 % of the names contain "the", which stands for a very common word in searches. */
const INSERT_TITLES = `
  INSERT INTO title (id, kind, name, slug, synopsis, release_year, genres, directors, countries, languages, minimum_age,
    runtime_minutes, score, created_at)
  SELECT gen_random_uuid(), CASE WHEN title_number % 10 = 0 THEN 'series' ELSE 'film' END,
    concat(CASE WHEN random() < 0.11 THEN 'The ' END, first.word, CASE WHEN title_number % 3 > 0 THEN ' ' || second.word END,
      CASE WHEN random() < 0.05 THEN ' of the ' || third.word END, CASE WHEN random() < 0.1 THEN ' of ' || third.word END),
    'title-' || title_number, repeat('A story of people and what happens to them. ', 6), 1920 + title_number % 106,
    CASE WHEN title_number % 2 = 0 THEN ARRAY[(${GENRES})[genre]]
      ELSE ARRAY[(${GENRES})[genre], (${GENRES})[1 + genre % 20]] END,
    ARRAY['Director ' || title_number % ${PEOPLE}], ARRAY[(${COUNTRIES})[country]], ARRAY[(${LANGUAGES})[language]],
    (ARRAY[0, 7, 8, 13, 14, 17, 18, NULL])[1 + title_number % 8], 60 + title_number % 120,
    CASE WHEN title_number % 8 > 0 THEN round((2 + 8 * power(random(), 0.7))::numeric, 1) END,
    now() - interval '3 years' + title_number * interval '15 minutes'
  FROM (
    SELECT title_number, ${pick(30_002, 3)} AS a, ${pick(30_002, 3)} AS b, ${pick(30_002, 2)} AS c, ${pick(20, 1.6)} AS genre,
      ${pick(20, 2)} AS country, ${pick(20, 2)} AS language
    FROM generate_series(1, ${TITLES}) title_number) picked
  JOIN vocabulary first ON first.number = a JOIN vocabulary second ON second.number = b
  JOIN vocabulary third ON third.number = c`;

const INSERT_PEOPLE = `
  WITH directed AS (
    SELECT id, ('00000000-0000-4000-8000-' || lpad(substr(directors[1], 10), 12, '0'))::uuid AS person_id, directors[1] AS name
    FROM title),
  people AS (
    INSERT INTO person (id, name, slug) SELECT DISTINCT person_id, name, replace(lower(name), ' ', '-') FROM directed)
  INSERT INTO credit (title_id, position, person_id, role) SELECT id, 0, person_id, 'director' FROM directed`;

/**
 * Fills an empty catalog with 100,000 titles, of which 3,000 are playable and about 5,000 have views. Uses raw SQL,
 * because PostgreSQL generates the rows in seconds, and the query builder does not support INSERT with SELECT.
 */
export async function generateTitles(
  dataSource: DataSource,
  index: (titleIds: readonly string[]) => Promise<void>,
): Promise<void> {
  await dataSource.query(`CREATE TABLE vocabulary AS ${VOCABULARY}`);
  await dataSource.query(INSERT_TITLES);
  await dataSource.query('DROP TABLE vocabulary');
  await dataSource.query(INSERT_PEOPLE);
  await dataSource.query(`
    INSERT INTO title_popularity
    SELECT id, views, CASE WHEN views > 0 THEN ${ONE_VIEW_SCORE} + log(2, views) ELSE 0 END FROM (
      SELECT id, CASE WHEN random() < 0.05 THEN 1 + floor(100000 * power(random(), 6)) ELSE 0 END::numeric AS views
      FROM title) viewed`);
  await dataSource.query(`
    INSERT INTO publication SELECT id, id::text, 5400000, now() - random() * interval '300 days'
    FROM (SELECT id FROM title ORDER BY random() LIMIT 3000) published`);
  const titles = await dataSource.query<{ id: string }[]>('SELECT id FROM title');
  const ids = titles.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += INDEX_BATCH) await index(ids.slice(from, from + INDEX_BATCH));
  await dataSource.query('VACUUM ANALYZE');
}
