import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Controller, Logger, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { GrpcMethod } from '@nestjs/microservices';
import { catalogV1, CodedError } from '@viernes/contracts';
import { Access, createGrpcClient, PlatformModule, Readiness, runInContext, Shutdown } from '@viernes/platform';
import { startTestServer } from '@viernes/platform/testing';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@viernes/testing';
import pg from 'pg';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner, type Repository } from 'typeorm';
import { createDataSource } from './data-source-options.js';
import {
  ADVISORY_LOCKS,
  checkMigrationDrift,
  Database,
  DatabaseModule,
  lockInTransaction,
  migrate,
  QueryError,
  Reads,
  Transactions,
  tryLockInSession,
} from './index.js';

@Entity('film')
class FilmEntity {
  @PrimaryColumn('text')
  filmId!: string;

  @Column('integer')
  runtimeMinutes!: number;
}

class CreateFilm1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Slow enough that concurrent replicas would collide here without the lock.
    await runner.query(`CREATE TABLE film (film_id text NOT NULL, runtime_minutes integer NOT NULL)`);
    await runner.query('SELECT pg_sleep(0.05)');
    await runner.query(`ALTER TABLE film ADD CONSTRAINT "PK_film" PRIMARY KEY (film_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE film');
  }
}

class IndexFilms1700000000001 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX CONCURRENTLY film_runtime ON film (runtime_minutes)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX film_runtime');
  }
}

class MigrateSlowly1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT pg_sleep(1.5)');
  }

  async down(): Promise<void> {}
}

class AddScore1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE film ADD COLUMN score real, ADD COLUMN votes integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE film DROP COLUMN votes, DROP COLUMN score');
  }
}

@Controller()
class FilmController {
  constructor(private readonly transactions: Transactions) {}

  @GrpcMethod('CatalogService', 'listHomeRows')
  @Access('public')
  async listHomeRows(): Promise<catalogV1.ListHomeRowsResponse> {
    await this.transactions.run((tx) => tx.find(FilmEntity));
    return { rows: [], version: '' };
  }
}

@Module({ imports: [TypeOrmModule.forFeature([FilmEntity])] })
class FilmModule {}

const schema = { entities: [FilmEntity], migrations: [CreateFilm1700000000000] };

describe('database module', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let proxied: string;
  let app: INestApplicationContext | undefined;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    proxy = await TcpProxy.reserve(hostname, Number(port));
    const url = new URL(database.url);
    url.host = `127.0.0.1:${proxy.port}`;
    proxied = url.href;
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await proxy.close();
    await database.drop();
  });

  const start = async (url: string, poolSize = 4): Promise<INestApplicationContext> => {
    app = await NestFactory.createApplicationContext(
      {
        module: class App {},
        imports: [
          PlatformModule.forProcess(new Readiness(), new Shutdown()),
          DatabaseModule.forRoot({ ...schema, url, poolSize }),
          FilmModule,
        ],
      },
      { logger: false },
    );
    return app;
  };
  const films = (context: INestApplicationContext) =>
    context.get<Repository<FilmEntity>>(getRepositoryToken(FilmEntity), { strict: false });
  /** Runs work with a deadline. @throws the error of the work, or another Error if it fails long after the deadline */
  const within = async <Result>(deadlineMs: number, work: () => Promise<Result>): Promise<Result> => {
    const deadlineAt = Date.now() + deadlineMs;
    try {
      return await runInContext({ traceId: 'a'.repeat(32), deadlineAt }, work);
    } catch (error) {
      // Generous: the statements take 60 s without the deadline.
      if (deadlineMs > 0 && Date.now() > deadlineAt + 10_000)
        throw new Error('failed after the deadline', { cause: error });
      throw error;
    }
  };
  const isReady = (context: INestApplicationContext) => context.get(Readiness).report().isReady;

  it('replicas that start together run each migration once', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, () => migrate({ ...schema, url: database.url })));
    expect(done.flat()).toEqual(['CreateFilm1700000000000']);
  });

  it('builds an index concurrently while other replicas wait for the migration lock', async () => {
    const migrations = [...schema.migrations, IndexFilms1700000000001];
    const done = await Promise.all(
      Array.from({ length: 6 }, () => migrate({ ...schema, migrations, url: database.url })),
    );
    expect(done.flat()).toEqual(['CreateFilm1700000000000', 'IndexFilms1700000000001']);
  });

  it('migrations ignore the statement timeout of the database', async () => {
    await database.query(`ALTER DATABASE ${database.name} SET statement_timeout = '1s'`);
    const done = await migrate({ entities: [], migrations: [MigrateSlowly1700000000003], url: database.url });
    expect(done).toEqual(['MigrateSlowly1700000000003']);
  });

  it('an older replica works with a database that a newer one has migrated', async () => {
    await migrate({ ...schema, migrations: [...schema.migrations, AddScore1700000000002], url: database.url });
    const context = await start(database.url);
    await context.get(Database).whenReady();
    await films(context).insert({ filmId: 'casablanca', runtimeMinutes: 102 });
    expect(await films(context).find()).toEqual([{ filmId: 'casablanca', runtimeMinutes: 102 }]);
    expect(await migrate({ ...schema, url: database.url })).toEqual([]);
  });

  it('every use fails immediately while the database is unavailable at the start, and succeeds once it is available', async () => {
    const context = await start(proxied);
    await expect(context.get(Transactions).run(() => Promise.resolve())).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
    });
    await expect(films(context).find()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(isReady(context)).toBe(false);
    await proxy.open();
    await context.get(Database).whenReady();
    expect(isReady(context)).toBe(true);
    expect(await films(context).find()).toEqual([]);
  });

  it('a service is not ready while the database is unavailable, and uses it again once it is available', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    await proxy.close();
    await expect(films(context).find()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await eventually(() => !isReady(context));
    await proxy.open();
    await eventually(() => isReady(context));
    expect(await films(context).find()).toEqual([]);
  });

  it('reports an unresponsive server as unavailable before the deadline, and reconnects for the next query', async () => {
    await proxy.open();
    const context = await start(proxied, 1);
    await context.get(Database).whenReady();
    proxy.dropData();
    const work = within(1_500, () => context.get(Transactions).run((tx) => tx.query('SELECT 1')));
    await expect(work).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(await films(context).find()).toEqual([]);
    await eventually(() => isReady(context));
  });

  it('gRPC clients receive DEPENDENCY_UNAVAILABLE within their deadline while the server is unresponsive', async () => {
    await proxy.open();
    const server = await startTestServer({
      module: {
        module: class App {},
        imports: [DatabaseModule.forRoot({ ...schema, url: proxied, poolSize: 1 })],
        controllers: [FilmController],
      },
      definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService },
    });
    // From 5 s, the reserve before the deadline is the largest, so that a busy machine reports in time as well.
    const policy = { idempotent: ['listHomeRows'], timeoutMs: 5_000 } as const;
    const client = createGrpcClient(catalogV1.CatalogServiceService, server.target, policy);
    try {
      await server.app.get(Database).whenReady();
      await expect(client.listHomeRows({ rowSize: 1, knownVersion: '' })).resolves.toEqual({ rows: [], version: '' });
      proxy.dropData('all');
      const calls = [1, 2, 3].map((rowSize) =>
        client.listHomeRows({ rowSize, knownVersion: '' }).catch((error: CodedError) => error.code),
      );
      expect(await Promise.all(calls)).toEqual(Array(3).fill('DEPENDENCY_UNAVAILABLE'));
    } finally {
      client.close();
      await server.stop();
    }
  });

  it('a connection lost in a transaction is reported as unavailable', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    const lost = context.get(Transactions).run(async (tx) => {
      proxy.cut();
      await tx.query('SELECT 1');
    });
    await expect(lost).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });

  it('a connection lost between two statements is reported as unavailable, but not the use of a released runner', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    const runner = films(context).manager.connection.createQueryRunner();
    await runner.query('SELECT 1');
    proxy.cut();
    await eventually(() => runner.isReleased);
    await expect(runner.query('SELECT 1')).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await runner.release();
    await expect(runner.query('SELECT 1')).rejects.toThrow('already released');
  });

  it('commits a transaction completely or not at all, and throws the SQLSTATE of an error about the data', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const transactions = context.get(Transactions);
    await transactions.run((tx) => tx.insert(FilmEntity, { filmId: 'sintel', runtimeMinutes: 15 }));
    const failure = await transactions
      .run(async (tx) => {
        await tx.insert(FilmEntity, { filmId: 'bunny', runtimeMinutes: 10 });
        await tx.insert(FilmEntity, { filmId: 'sintel', runtimeMinutes: 15 });
      })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(QueryError);
    expect(failure).toMatchObject({ sqlState: '23505', table: 'film', constraint: 'PK_film' });
    expect(await films(context).find()).toEqual([{ filmId: 'sintel', runtimeMinutes: 15 }]);
  });

  it('cancels a slow statement of a transaction before the deadline, and rolls back work that finishes after it', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const transactions = context.get(Transactions);
    const sleep = (...seconds: number[]) =>
      transactions.run(async (tx) => {
        for (const each of seconds) await tx.query(`SELECT pg_sleep(${each})`);
      });
    await expect(within(1_500, () => sleep(60))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(within(2_500, () => sleep(0.8, 60))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(within(-1, () => sleep(0))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    const late = transactions.run((tx) => tx.insert(FilmEntity, { filmId: 'late', runtimeMinutes: 1 }));
    await late;
    const tooLate = runInContext({ traceId: 'a'.repeat(32), deadlineAt: Date.now() + 300 }, () =>
      transactions.run(async (tx) => {
        await tx.insert(FilmEntity, { filmId: 'too late', runtimeMinutes: 1 });
        await new Promise((resolve) => setTimeout(resolve, 310));
      }),
    );
    await expect(tooLate).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await films(context).find()).toEqual([{ filmId: 'late', runtimeMinutes: 1 }]);
  });

  it('cancels a slow read before the deadline, without effect on the next read', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const sleep = (seconds: number) => films(context).query(`SELECT pg_sleep(${seconds})`);
    await expect(within(1_500, () => sleep(60))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(within(-1, () => sleep(0))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(sleep(1.6)).resolves.toHaveLength(1);
  });

  it('Reads cancels a slow statement before the deadline, without effect on the next one', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const sleep = (seconds: number) => context.get(Reads).run({ text: 'SELECT pg_sleep($1)' }, [seconds]);
    await expect(within(1_500, () => sleep(60))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(within(-1, () => sleep(0))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(sleep(1.6)).resolves.toHaveLength(1);
    const slow = sleep(2);
    await expect(within(800, () => sleep(0))).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await slow;
  });

  it('a connection keeps a statement timeout that ends at most one second before the deadline', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const readTimeout = async (leftMs: number): Promise<unknown> => {
      const statement = { text: `SELECT current_setting('statement_timeout') AS timeout` };
      const [row] = await within(leftMs, () => context.get(Reads).run<{ timeout: string }>(statement));
      return row?.timeout;
    };
    // With 3,450 ms left, a new connection would get a timeout of 3 s.
    expect([await readTimeout(3_300), await readTimeout(3_450), await readTimeout(3_300)]).toEqual(
      Array(3).fill('2500ms'),
    );
    expect([await readTimeout(4_400), await readTimeout(2_750)]).toEqual(['3500ms', '2s']);
  });

  it('Reads reports an unavailable database or a connection that is lost while it is in use, and reconnects', async () => {
    const context = await start(proxied, 1);
    const read = (text = 'SELECT 1 AS one') => context.get(Reads).run({ text });
    await expect(read()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await proxy.open();
    await context.get(Database).whenReady();
    const [lost] = await Promise.allSettled([read('SELECT pg_sleep(60)'), delay(100).then(() => proxy.cut())]);
    expect(lost).toMatchObject({ reason: { code: 'DEPENDENCY_UNAVAILABLE' } });
    expect(await read()).toEqual([{ one: 1 }]);
    proxy.dropData();
    await expect(within(1_500, read)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(await read()).toEqual([{ one: 1 }]);
  });

  it('Reads prepares a named statement once per connection', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const reads = context.get(Reads);
    const double = (value: number) => reads.run({ name: 'double', text: 'SELECT 2 * $1::integer AS result' }, [value]);
    expect([await double(1), await double(2)]).toEqual([[{ result: 2 }], [{ result: 4 }]]);
    const prepared = await reads.run({ text: 'SELECT name FROM pg_prepared_statements' });
    expect(prepared).toEqual([{ name: 'double' }]);
  });

  it('Reads throws errors about the data without the values of the statement', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const failure = await context
      .get(Reads)
      .run({ text: 'SELECT $1::integer' }, ['ada@example.org'])
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'QueryError', sqlState: '22P02' });
    expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('ada@example.org');
  });

  it('reports an exhausted pool as unavailable before the deadline', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const slow = films(context).query('SELECT pg_sleep(2)');
    await expect(within(800, () => films(context).find())).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await slow;
    expect(await films(context).find()).toEqual([]);
  });

  it('reports a server that accepts no session as unavailable before the deadline', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `postgres://viernes@127.0.0.1:${(silent.address() as AddressInfo).port}/none`;
    const dataSource = createDataSource({ ...schema, url });
    await expect(within(800, () => dataSource.initialize())).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    silent.close();
  });

  it('errors contain no parameter or value of the statement that failed', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    const secret = 'ada@example.org';
    await films(context).insert({ filmId: secret, runtimeMinutes: 1 });
    const failures: readonly (() => Promise<unknown>)[] = [
      () => films(context).insert({ filmId: secret, runtimeMinutes: 1 }),
      () => films(context).query('SELECT $1::integer', [secret]),
      () => films(context).query('INSERT INTO film (film_id, runtime_minutes) VALUES ($1, NULL)', [secret]),
      () => films(context).query(`SELECT pg_sleep(60) WHERE $1 <> ''`, [secret]),
      () => context.get(Transactions).run(async (tx) => (proxy.cut(), await tx.query('SELECT $1::text', [secret]))),
    ];
    const errors: unknown[] = [];
    for (const [index, fail] of failures.entries()) {
      errors.push(await within(index === 3 ? 1_500 : 30_000, fail).catch((error: unknown) => error));
    }
    expect(errors.map((error) => (error instanceof CodedError ? error.code : (error as QueryError).sqlState))).toEqual([
      '23505',
      '22P02',
      '23502',
      'DEADLINE_EXCEEDED',
      'DEPENDENCY_UNAVAILABLE',
    ]);
    for (const error of errors) expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(secret);
  });

  it('closes all connections at shutdown, after the work in progress', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    let started = (): void => undefined;
    const hasStarted = new Promise<void>((resolve) => (started = resolve));
    const working = context.get(Transactions).run(async (tx) => {
      started();
      await tx.query('SELECT pg_sleep(0.2)');
      await tx.insert(FilmEntity, { filmId: 'late', runtimeMinutes: 1 });
    });
    await hasStarted;
    const reading = context.get(Reads).run({ text: 'SELECT pg_sleep(0.2)' });
    app = undefined;
    await Promise.all([working, reading, context.close()]);
    expect(await database.query('SELECT film_id FROM film')).toEqual([{ film_id: 'late' }]);
    const others = await database.query(
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    expect(others).toEqual([]);
  });

  it('transactions with the same advisory lock run sequentially, those with other keys and locks concurrently', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const order: string[] = [];
    let unlock = (): void => undefined;
    const isUnlocked = new Promise<void>((resolve) => (unlock = resolve));
    const first = context.get(Transactions).run(async (tx) => {
      await lockInTransaction(tx, 'accountUploads', 'ada');
      order.push('first');
      await isUnlocked;
    });
    await eventually(() => order.length === 1);
    const take = (name: string, ...lock: [keyof typeof ADVISORY_LOCKS, string]) =>
      context.get(Transactions).run((tx) => lockInTransaction(tx, ...lock).then(() => void order.push(name)));
    const second = take('second', 'accountUploads', 'ada');
    await take('other key', 'accountUploads', 'eve');
    await take('other lock', 'accountPlayback', 'ada');
    unlock();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'other key', 'other lock', 'second']);
  });

  it('a session keeps its advisory lock until its connection closes', async () => {
    const [holder, other] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([holder.connect(), other.connect()]);
    expect(await tryLockInSession(holder, 'outboxRelay')).toBe(true);
    expect(await tryLockInSession(other, 'outboxRelay')).toBe(false);
    await holder.end();
    await eventually(() => tryLockInSession(other, 'outboxRelay'));
    await other.end();
  });

  it('the ids of advisory locks are unique', () => {
    const ids = Object.values(ADVISORY_LOCKS);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('checkMigrationDrift returns the statements that the migrations lack, compared with the entities', async () => {
    expect(await checkMigrationDrift({ ...schema, url: database.url })).toEqual([]);
    const missing = await checkMigrationDrift({ ...schema, migrations: [], url: database.url });
    expect(missing.join()).toContain('CREATE TABLE "film"');
  });
});
