import pg from 'pg';
import { toDatabaseUrl } from '../backing/databases.ts';

const SERVICES = ['catalog', 'user', 'video'] as const;

export interface BenchDatabases {
  /** Settings of each service. */
  readonly overrides: Readonly<Record<(typeof SERVICES)[number], { readonly DATABASE_URL: string }>>;
  readonly drop: () => Promise<void>;
}

/** Creates databases for this run only, because benches replace all titles of the catalog. */
export async function createBenchDatabases(postgresUrl: string): Promise<BenchDatabases> {
  const toName = (service: string) => `viernes_bench_${process.pid}_${service}`;
  await administer(
    postgresUrl,
    SERVICES.map((service) => `CREATE DATABASE ${toName(service)}`),
  );
  const entries = SERVICES.map((service) => [service, { DATABASE_URL: toDatabaseUrl(postgresUrl, toName(service)) }]);
  return {
    overrides: Object.fromEntries(entries),
    drop: () =>
      administer(
        postgresUrl,
        SERVICES.map((service) => `DROP DATABASE ${toName(service)} WITH (FORCE)`),
      ),
  };
}

async function administer(postgresUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
