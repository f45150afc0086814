// Prints docs/query-plans.md: the plan of each read of a catalog of 100,000 titles, in a temporary database.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { Database, DatabaseModule, Reads, Transactions, type Transaction } from '@viernes/database';
import { loadConfig, PlatformModule, postgresUrl, ReadCoalescer, Readiness, Shutdown } from '@viernes/platform';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { ViewerReads } from '../audience/viewer-reads.js';
import { MAX_MATCHES } from '../facet/count-titles.service.js';
import { FacetTableRepository } from '../facet/facet-table.repository.js';
import { HomeProjectionRepository } from '../home/home-projection.repository.js';
import { HomeRepository } from '../home/home.repository.js';
import { ViewedTitles } from '../popularity/viewed-titles.repository.js';
import { TitleListRepository } from '../listing/title-list.repository.js';
import { SimilarTitles } from '../related/similar-titles.repository.js';
import { ENTITIES, MIGRATIONS } from '../schema.js';
import { PersonSearchRepository } from '../search/person-search.repository.js';
import { SearchWordsRepository } from '../search/search-words.repository.js';
import { TextFolding } from '../search/text-folding.js';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import { TitleRepository } from '../title/title.repository.js';
import { generateTitles, TITLES } from './generate-titles.js';
import { TITLE_LISTS } from './title-lists.js';

const LIMIT = 25;
const NO_FILTER = {};

interface Plan {
  readonly lines: readonly string[];
  readonly ms: number;
}

const OMITTED_DETAILS =
  /^ *(?:Storage|Sort Method|Index Searches|Heap Fetches|Heap Blocks|Buckets|(?:Planning|Execution) Time):/;

const LONG_LIST = /\{[^{}]{200,}\}/;

const { DATABASE_URL } = loadConfig(z.object({ DATABASE_URL: postgresUrl }), process.env);
const name = `query_plans_${randomBytes(6).toString('hex')}`;
const admin = await new DataSource({ type: 'postgres', url: DATABASE_URL }).initialize();
// Raw SQL: TypeORM creates and drops no databases, and it has no EXPLAIN.
await admin.query(`CREATE DATABASE ${name}`);
try {
  const url = new URL(DATABASE_URL);
  url.pathname = `/${name}`;
  await printPlans(url.href);
} finally {
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.destroy();
}

async function printPlans(url: string): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    {
      module: class QueryPlans {},
      imports: [
        PlatformModule.forProcess(new Readiness(), new Shutdown()),
        DatabaseModule.forRoot({ url, entities: ENTITIES, migrations: MIGRATIONS, poolSize: 2 }),
      ],
    },
    { logger: ['warn', 'error'] },
  );
  try {
    await app.get(Database).whenReady();
    const [reads, transactions, dataSource] = [app.get(Reads), app.get(Transactions), app.get(DataSource)];
    const search = new TitleSearchRepository(reads, new TextFolding(reads), new SearchWordsRepository(reads));
    const people = new PersonSearchRepository(reads);
    await generateTitles(dataSource, (ids) => transactions.run((tx) => search.put(tx, ids)));

    const plans: Plan[] = [];
    const explain = (text: string) => `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) ${text}`;
    const collect = (rows: readonly { 'QUERY PLAN': string }[]): void => {
      const lines = rows.map((row) => row['QUERY PLAN']);
      const times = lines.flatMap((line) => /^(?:Planning|Execution) Time: ([\d.]+) ms$/.exec(line)?.[1] ?? []);
      plans.push({ lines: selectExecuted(lines), ms: times.reduce((sum, ms) => sum + +ms, 0) });
    };
    const run = reads.run.bind(reads);
    reads.run = async (statement, values) => {
      // The first execution loads the pages into memory.
      await run({ text: statement.text }, values);
      collect(await run({ text: explain(statement.text) }, values));
      return run(statement, values);
    };
    const explainIn = async (work: (tx: Transaction) => Promise<unknown>): Promise<void> => {
      await transactions.run(async (tx) => {
        const query = tx.query.bind(tx);
        tx.query = async (text: string, values?: unknown[]) => {
          collect(await query(explain(text), values));
          return query(text, values);
        };
        await work(tx);
      });
    };

    const coalescer = new ReadCoalescer();
    const viewerReads = new ViewerReads(reads);
    const titles = new TitleRepository(reads, viewerReads, coalescer);
    const lists = new TitleListRepository(viewerReads);
    const related = new SimilarTitles(viewerReads);
    const facets = new FacetTableRepository(reads);
    const home = new HomeProjectionRepository();
    const popular = new ViewedTitles();
    const language = 'es';
    const [newest] = await lists.list({ order: 'newest', language }, NO_FILTER, undefined, 1);
    if (!newest) throw new Error('no titles were generated');
    const {
      title: { id: titleId },
    } = newest;
    const entries = await transactions.run(async (tx) => {
      const rows = [{ id: 'popular', name: 'Popular', titleIds: [...(await popular.listIds(tx, 50))] }];
      await home.replaceRows(tx, rows);
      return rows;
    });
    const details = await titles.get(titleId);
    await dataSource.query('ANALYZE home_entry');
    plans.length = 0;
    const sections: readonly (readonly [title: string, read: () => Promise<unknown>])[] = [
      ['One title', () => titles.get(titleId)],
      ['A batch of titles', () => titles.listByIds(entries[0]?.titleIds ?? [])],
      ...TITLE_LISTS.map(
        ([title, order, filter, after]) =>
          [title, () => lists.list({ order, language }, filter, after, LIMIT)] as const,
      ),
      ['Related titles', () => related.listIds(details, 12)],
      ['The home rows', () => new HomeRepository(reads, viewerReads).listEntries(20)],
      ['Home refresh: the newest title and publication', () => explainIn((tx) => home.findNewest(tx))],
      ['Home refresh: ready to watch', () => explainIn((tx) => home.listReadyToWatch(tx, 50))],
      ['Home refresh: popular', () => explainIn((tx) => popular.listIds(tx, 50))],
      ['Home refresh: the largest genres', () => explainIn((tx) => home.listGenresBySize(tx, 12))],
      ['Home refresh: the best titles of a genre', () => explainIn((tx) => home.listBest(tx, 'Drama', 50))],
      ['Search: a common word, `the`', () => search.list('the', NO_FILTER, undefined, LIMIT)],
      ['Search: a rare word, `godfather`', () => search.list('godfather', NO_FILTER, undefined, LIMIT)],
      ['Search: a typing error, `godfahter`', () => search.list('godfahter', NO_FILTER, undefined, LIMIT)],
      ['Search: common words, `of the`', () => search.list('of the', NO_FILTER, undefined, LIMIT)],
      [
        'Search: a common word in a genre',
        () => search.list('the', { ...NO_FILTER, genres: ['Drama'] }, undefined, LIMIT),
      ],
      [
        'Search: a common word, playable',
        () => search.list('the', { ...NO_FILTER, isPlayableOnly: true }, undefined, LIMIT),
      ],
      [
        'Suggestions: titles for `th`',
        async () => search.listExact('names', await search.parse('th'), {}, undefined, 8),
      ],
      ['Suggestions: people for `th`', async () => people.list(await search.parse('th'))],
      [
        'Suggestions: titles for a typing error, `godfahter`',
        async () => {
          const similar = await search.findSimilarQuery(await search.parse('godfahter'));
          if (similar) await search.listExact('names', similar, {}, undefined, 8);
        },
      ],
      [
        'Facets: matches of a common word',
        async () => search.listIds(await search.parse('the'), NO_FILTER, MAX_MATCHES),
      ],
      [
        'Facets: matches of a common word in a genre',
        async () => search.listIds(await search.parse('the'), { ...NO_FILTER, genres: ['Drama'] }, MAX_MATCHES),
      ],
      [
        'Facets: matches of a typing error',
        async () => search.listIds(await search.parse('godfahter'), NO_FILTER, MAX_MATCHES),
      ],
      ['Facets: the version of the titles', () => facets.findVersion()],
    ];
    console.log(`# Query plans

The plan of each read of the catalog service, with ${TITLES.toLocaleString('en')} titles, 20 genres, 3,000 publications, and views
of about 5,000 titles. The times are those of PostgreSQL, planning included, with all pages in memory. Prepared statements are shown as
planned for their parameters. Generated by \`npm run query-plans\`.`);
    for (const [title, read] of sections) {
      await read();
      const ms = plans.reduce((sum, plan) => sum + plan.ms, 0);
      console.log(
        `\n## ${title}\n\n${plans.length === 1 ? '1 statement' : `${plans.length} statements`}, ${ms.toFixed(1)} ms.\n`,
      );
      for (const { lines } of plans) console.log(`\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`);
      plans.length = 0;
    }
  } finally {
    await app.close();
  }
}

/** Returns the steps of a plan that were executed, with their conditions. Omits the steps below one that found nothing. */
function selectExecuted(lines: readonly string[]): string[] {
  let omittedBelow = Infinity;
  return lines.flatMap((line) => {
    const indent = line.search(/\S/);
    if (indent > omittedBelow) return [];
    omittedBelow = /\(never executed\)|->  (?!Bitmap(?:And|Or)).*actual rows=0\.00/.test(line) ? indent : Infinity;
    if (line.includes('(never executed)') || OMITTED_DETAILS.test(line)) return [];
    return [line.replace(LONG_LIST, '{…}')];
  });
}
